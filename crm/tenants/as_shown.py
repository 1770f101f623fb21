"""Forms that know what they were opened with, so that a late one undoes nothing of a colleague's.

The page carries, signed, a mark of each value that it showed. A field that was left as it was shown
is left as it stands now; one that a colleague has changed, too, is refused with what stands there.
"""

from collections.abc import Iterable
from contextlib import suppress
from hashlib import sha256
from typing import Any

from django import forms
from django.contrib.admin.utils import unquote
from django.core import signing
from django.core.exceptions import ValidationError
from django.http import HttpRequest, HttpResponse

NAME = "shown"
MOST_NAMES = 10
UNREADABLE = "This form can't be saved any more. Below is how it stands now: change it again."
BOTH = (
    "A colleague has changed “{}” meanwhile: now it is {}. Yours stands here and is not saved. "
    "Save again to put it in the place of theirs, or change it to theirs."
)


class AsShown(forms.BaseModelForm):
    """Put before a ModelForm; `is_versioned` forms look after that by themselves.

    A request without marks, as a script sends it, changes what differs from now.
    """

    is_versioned = False
    is_stale = False

    @property
    def shown(self) -> str:
        """Give the marks of all fields as they stand now, for the page."""
        if self.is_versioned or self.instance._state.adding:
            return ""
        marks = {name: _mark(self.fields[name], self._now(name)) for name in self.fields}
        return signing.dumps(marks, salt=self._salt, compress=True)

    def full_clean(self) -> None:
        self._both: list[str] = []
        self._is_unreadable = False
        if self.is_bound and not self.is_versioned and not self.instance._state.adding:
            self._compare()
            self.is_stale = bool(self._both) or self._is_unreadable
        super().full_clean()

    def _clean_form(self) -> None:
        super()._clean_form()  # type: ignore[misc]
        if self._is_unreadable:
            self.add_error(None, UNREADABLE)
        for name in self._both:
            now = _words(self.fields[name], self._now(name))
            self.add_error(name, BOTH.format(self[name].label, now))

    def _compare(self) -> None:
        """Leave alone what was not touched, and note what two have changed."""
        sent = self.data.get(NAME, "")
        if not sent:
            return
        try:
            marks = signing.loads(sent, salt=self._salt)
        except signing.BadSignature:
            marks, self._is_unreadable = {}, True
        for name in self.fields:
            field, now = self.fields[name], self._now(name)
            shown, posted = marks.get(name), _mark(field, self[name].data)
            standing = _mark(field, now)
            if self._is_unreadable or (posted == shown != standing):
                self._put(name, field, now)
            elif shown is not None and shown != standing and posted != standing:
                self._both.append(name)

    def _now(self, name: str) -> Any:
        return self.fields[name].prepare_value(self.get_initial_for_field(self.fields[name], name))

    def _put(self, name: str, field: forms.Field, value: Any) -> None:
        """Have it posted as it stands."""
        sent: Any = self.data
        data = sent.copy()
        at = self.add_prefix(name)
        if isinstance(value, list | tuple):
            data.setlist(at, [str(each) for each in value])
        elif isinstance(field, forms.BooleanField) and not value:
            data.pop(at, None)
        elif isinstance(field, forms.BooleanField):
            data[at] = "on"
        else:
            data[at] = "" if value is None else str(value)
        self.data = data

    @property
    def _salt(self) -> str:
        return f"crm.tenants.as_shown:{self.instance._meta.label_lower}:{self.instance.pk}"


class AsShownAdmin:
    """Put before an admin whose form is AsShown: holds the row, and answers 409 when too late."""

    form: type[forms.BaseModelForm]

    def changeform_view(
        self, request: HttpRequest, object_id: str | None = None, *args: Any, **kwargs: Any
    ) -> HttpResponse:
        """Let nobody change the row between the comparison and the saving."""
        may_change = self.has_change_permission(request)  # type: ignore[attr-defined]
        is_versioned = getattr(self.form, "is_versioned", False)
        if request.method == "POST" and object_id and may_change and not is_versioned:
            self.hold(request, unquote(object_id))
        return super().changeform_view(request, object_id, *args, **kwargs)  # type: ignore[misc]

    def hold(self, request: HttpRequest, object_id: str) -> None:
        """Hold what the form changes until the transaction ends."""
        row = self.get_object(request, object_id)  # type: ignore[attr-defined]
        if row is not None:
            rows = type(row)._base_manager.select_for_update(no_key=True)
            rows.filter(pk=row.pk).first()

    def render_change_form(
        self, request: HttpRequest, context: dict[str, Any], *args: Any, **kwargs: Any
    ) -> HttpResponse:
        """Tell a script, too, that it was too late."""
        form = context["adminform"].form
        context[NAME] = getattr(form, NAME, "")
        answer = super().render_change_form(request, context, *args, **kwargs)  # type: ignore[misc]
        if getattr(form, "is_stale", False):
            answer.status_code = 409
        return answer


def _mark(field: forms.Field, value: Any) -> str:
    """Sum up a value alike, whether it comes from the row or from a request."""
    if not isinstance(value, list | tuple) and not isinstance(field, forms.ModelChoiceField):
        with suppress(ValidationError):
            value = field.to_python(value)
    many = value if isinstance(value, list | tuple) else [value]
    said = sorted("" if each is None else _line(each) for each in many)
    return sha256("\x00".join(said).encode()).hexdigest()[:16]


def _line(value: Any) -> str:
    return str(value).replace("\r\n", "\n").strip()


def _words(field: forms.Field, value: Any) -> str:
    """Say a value as a person reads it."""
    if isinstance(field, forms.BooleanField):
        return "ticked" if value else "not ticked"
    if isinstance(field, forms.ModelMultipleChoiceField):
        return _names(field.label_from_instance(row) for row in _rows(field, value))
    if isinstance(field, forms.ModelChoiceField):
        return _names(field.label_from_instance(row) for row in _rows(field, [value]))
    if isinstance(field, forms.ChoiceField):
        choices = {str(key): label for key, label in field.choices}  # type: ignore[union-attr, misc]
        return f"“{choices.get(str(value), value)}”"
    return f"“{value}”" if value not in (None, "") else "empty"


def _rows(field: Any, value: Any) -> Any:
    wanted = [each for each in value or () if each]
    return field.queryset.filter(pk__in=wanted)


def _names(rows: Iterable[str]) -> str:
    names = list(rows)
    more = f" and {len(names) - MOST_NAMES} more" if len(names) > MOST_NAMES else ""
    return (", ".join(f"“{name}”" for name in names[:MOST_NAMES]) or "empty") + more
