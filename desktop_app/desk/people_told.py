"""Events about people and their keys in words: what was changed in an entry, and who made a key."""

from collections.abc import Mapping

from desktop_app.domain.people import Role, said_roles
from desktop_app.domain.statements import KEY_ENDS, KeyEnd
from desktop_app.foundation.messages import N_, Message

_NONE = "–"


def told_in_full(operation: str, data: Mapping[str, object], said: Message) -> Message:
    """Put what the data of an event tell beyond its usual sentence ``said`` into words; older events tell less."""
    match operation:
        case "person added":
            return _told_added(data, said)
        case "person renamed" | "person changed" | "roles changed" | "person confirmed":
            return _told_changes(operation, data, said)
        case "key enrolled" if "maker" in data:
            return N_(
                "Confirmed the key of {name}, made by {maker}", name=_text(data, "name"), maker=_text(data, "maker")
            )
        case "key enrolled" if "from" in data:
            return N_("Took in a key for {name} from a file, and confirmed it", name=_text(data, "name"))
        case "key retired" if data.get("reason") in set(KeyEnd):
            return N_("{act}: {reason}", act=said, reason=KEY_ENDS[KeyEnd(_text(data, "reason"))])
    return said


def _told_added(data: Mapping[str, object], said: Message) -> Message:
    if "roles" in data:
        said = N_("{act}: {roles}", act=said, roles=said_roles(_roles(data, "roles")))
    if data.get("unconfirmed") is True:
        said = N_("{act}; no archivist or editor has confirmed it", act=said)
    return said


def _told_changes(operation: str, data: Mapping[str, object], said: Message) -> Message:
    if "roles" in data:
        said = _told_roles(operation, data, said)
    if "zh" in data:
        values = {"zh": _text(data, "zh") or _NONE, "was": _text(data, "zh_was") or _NONE}
        if operation == "person changed":
            said = N_("Corrected the Chinese name of {name} to {zh}; was {was}", name=_text(data, "name"), **values)
        else:
            said = N_("{act}; the Chinese name to {zh}, was {was}", act=said, **values)
    if data.get("confirmed") is True and operation != "person confirmed":
        said = N_("{act}; confirmed the entry", act=said)
    return said


def _told_roles(operation: str, data: Mapping[str, object], said: Message) -> Message:
    roles, were = _roles(data, "roles"), said_roles(_roles(data, "roles_were"))
    if operation != "roles changed":
        return N_("{act}; the roles to {roles}, was {were}", act=said, roles=said_roles(roles), were=were)
    name = _text(data, "name")
    if len(roles) == 1:
        return N_("Gave {name} the role {roles}; was {were}", name=name, roles=said_roles(roles), were=were)
    return N_("Gave {name} the roles {roles}; was {were}", name=name, roles=said_roles(roles), were=were)


def _roles(data: Mapping[str, object], key: str) -> frozenset[Role]:
    value = data.get(key)
    return frozenset(Role(one) for one in value if one in set(Role)) if isinstance(value, list) else frozenset()


def _text(data: Mapping[str, object], key: str) -> str:
    return str(data.get(key, ""))
