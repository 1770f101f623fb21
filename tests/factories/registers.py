"""Registers and entries as a load would leave them."""

from datetime import UTC, date, datetime

import factory
from django.db import connection

from crm.places.models import FullPostcode, Outward
from crm.registers import grid, names, spots
from crm.registers.models import GenericName, Load, Register, RegisterEntry


class OutwardFactory(factory.django.DjangoModelFactory):
    class Meta:
        model = Outward
        django_get_or_create = ("code",)

    code = "LE1"
    latitude = 52.63379
    longitude = -1.12812
    town = "Leicester"
    region = "Leicester"
    country = "England"


class FullPostcodeFactory(factory.django.DjangoModelFactory):
    class Meta:
        model = FullPostcode
        django_get_or_create = ("text",)

    text = "LE1 1AA"
    latitude = 52.632283
    longitude = -1.124859


class RegisterFactory(factory.django.DjangoModelFactory):
    class Meta:
        model = Register
        django_get_or_create = ("slug",)

    slug = "dentists"
    label = "General dental practices"
    publisher = "NHS Organisation Data Service"
    licence = "Open Government Licence v3.0"
    attribution = (
        "Contains public sector information licensed under the Open Government Licence v3.0."
    )
    as_of = date(2016, 1, 1)
    loaded_at = datetime(2016, 1, 2, tzinfo=UTC)
    entries = 1


class LoadFactory(factory.django.DjangoModelFactory):
    class Meta:
        model = Load
        django_get_or_create = ("register",)

    register = "dentists"
    file = "dentists.tsv"
    state = Load.State.DONE
    as_of = date(2016, 1, 1)


class RegisterEntryFactory(factory.django.DjangoModelFactory):
    class Meta:
        model = RegisterEntry
        skip_postgeneration_save = True

    register = factory.SubFactory(RegisterFactory)
    number = factory.Sequence(lambda n: f"T{n:05}")
    name = factory.Sequence(lambda n: f"Brookview Dental Clinic {n}")
    name_key = factory.LazyAttribute(lambda entry: names.name_key(entry.name))
    trade = "dentist"
    address = "386 East Park Road"
    premise = factory.LazyAttribute(lambda entry: names.premise(entry.address))
    town = "Leicester"
    postcode = "LE1 1AA"
    latitude = 52.632283
    longitude = -1.124859
    precision = "postcode"
    status = "active"
    site_key = factory.LazyAttribute(
        lambda entry: names.site_key(entry.name, entry.postcode, entry.address)
    )
    came_with = factory.SubFactory(LoadFactory, register=factory.SelfAttribute("..register.slug"))

    @factory.lazy_attribute
    def cell(self) -> int | None:
        placed = self.latitude is not None
        return grid.cell(self.latitude, self.longitude) if placed else None

    @factory.post_generation
    def spots(self, create: bool, extracted: object, **_: object) -> None:
        if create:
            with connection.cursor() as cursor:
                spots.make(cursor, "e.id = %s", self.pk)


class GenericNameFactory(factory.django.DjangoModelFactory):
    class Meta:
        model = GenericName

    name_key = "dental surgery"
    entries = 3_000
