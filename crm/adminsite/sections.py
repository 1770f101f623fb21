"""The models under words that a manager uses, instead of one heading for each app of Django's."""

from collections.abc import Iterable
from typing import Any

from django.conf import settings
from django.contrib.admin import ModelAdmin
from django.urls import reverse
from django.utils.text import slugify

INSTALLATION = "Installation"
OTHERS = "Records"
LAST = 1000


def group(
    apps: Iterable[dict[str, Any]], registered: dict[Any, ModelAdmin]
) -> list[dict[str, Any]]:
    """Give the same models under the sections of ADMIN_SECTIONS, in their order."""
    names = [*settings.ADMIN_SECTIONS, INSTALLATION]
    found: dict[str, list[tuple[int, dict[str, Any]]]] = {name: [] for name in names}
    for app in apps:
        for model in app["models"]:
            owner = registered[model["model"]]
            name, place = _place(model["model"], owner)
            given = {"about": getattr(owner, "about", ""), "adding": getattr(owner, "adding", "")}
            given["name"] = getattr(owner, "listed_as", model["name"])
            found[name].append((place, model | given))
    home = reverse("admin:index")
    return [
        {
            "name": name,
            "app_label": slugify(name),
            "app_url": f"{home}#{slugify(name)}",
            "has_module_perms": True,
            "models": [each for _, each in sorted(models, key=lambda it: (it[0], it[1]["name"]))],
        }
        for name, models in found.items()
        if models
    ]


def _place(model: Any, owner: ModelAdmin) -> tuple[str, int]:
    """Find the section: by the model's own label first, then by its app's."""
    if getattr(owner, "is_of_the_installation", False):
        return INSTALLATION, LAST
    meta = model._meta
    for label in (meta.label_lower, meta.app_label):
        for name, labels in settings.ADMIN_SECTIONS.items():
            if label in labels:
                return name, labels.index(label)
    return OTHERS, LAST
