"""What a vendor's answer means: its row of the table, and what people are told."""

from crm.outside import redaction, said
from crm.outside.errors import NotAccepted, NotThere, Outside, Refused
from crm.outside.exchange import Reply
from crm.outside.key import Key
from crm.outside.said import Said
from crm.outside.service import Reaction, Rule, Service
from crm.outside.services import DEFAULT

AGAIN, NO = Rule(Reaction.RETRY), Rule(Reaction.GIVE_UP)
KEYS = "API keys"
REFUSALS = {
    "key": "{label} refused the key{key}. Check it under {keys}.",
    "credit": "{label} says that the credit of the key{key} is used up. Add some there, or use "
    "another key.",
    "model": "{label} has no such model, or no longer. Choose another in the settings.",
    "plan": "{label} does not allow this with the key{key}: its plan or its rights don't cover it.",
    "address": "{label} has nothing at the address where it is asked. Whoever looks after this "
    "installation can mend that.",
}
# Of the installation's key those who ask with it learn how it stands, and nothing of what it is.
OURS = {
    "key": "{label} refused the installation’s key. {mend}",
    "credit": "{label} says that the credit of the installation’s key is used up. {mend}",
    "model": "{label} has no such model, or no longer. Whoever looks after this installation can "
    "choose another.",
    "plan": "{label} does not allow this with the installation’s key. {mend}",
    "address": "{label} has nothing at the address where it is asked. Whoever looks after this "
    "installation can mend that.",
}
MEND = "Whoever looks after this installation can mend that; a key of your own goes on at once."


def rule(service: Service, reply: Reply) -> Rule | None:
    """Give what is done about an answer; None for a good one."""
    if reply.status >= 500:
        return AGAIN
    is_good = 200 <= reply.status < 300
    rules = service.reactions.get(reply.status)
    if rules is None:
        rules = () if is_good else DEFAULT.get(reply.status, (NO,))
    error = said.read(reply) if any(each.codes for each in rules) else Said()
    otherwise = None if is_good else NO
    return next((each for each in rules if not each.codes or error.holds(each.codes)), otherwise)


def final(service: Service, key: Key, reply: Reply, rule: Rule) -> Outside:
    """Give the error of an answer that no second try would change.

    What the service said of the installation's key, or of its account, is quoted to nobody; it is
    in `said`, for whoever looks after it.
    """
    words = redaction.clean(said.read(reply).message, key.secret)
    quoted = f" {service.label} said: “{words}”" if words and not key.is_system else ""
    if rule.reaction is Reaction.STOP:
        return Refused(_refusal(service, key, rule.kind) + quoted, kind=rule.kind, said=words)
    if rule.reaction is Reaction.NOT_THERE:
        return NotThere(f"{service.label} has nothing of that kind.", said=words)
    if rule.kind == "suppress":
        sentence = f"{service.label} must not tell: the person has objected."
    else:
        sentence = f"{service.label} does not take this request ({reply.status})."
    return NotAccepted(sentence + quoted, said=words, kind=rule.kind)


def _refusal(service: Service, key: Key, kind: str) -> str:
    if key.is_system:
        return OURS[kind].format(label=service.label, mend=MEND)
    named = f" that ends in {key.last4}" if key.last4 else ""
    return REFUSALS[kind].format(label=service.label, key=named, keys=KEYS)
