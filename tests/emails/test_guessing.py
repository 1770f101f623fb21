"""Addresses that are guessed by the habits of a domain."""

import pytest

from enrichment.emails.guessing import Guess, propose
from enrichment.emails.habits import Habits, learn

AT = "acme.co.uk"


def learned(**pairs: str) -> Habits:
    """jo_smith="jo.smith" for the address of Jo Smith."""
    return learn(AT, [(name.replace("_", " "), f"{local}@{AT}") for name, local in pairs.items()])


def addresses(name: str, habits: Habits) -> list[str]:
    return [guess.address.removesuffix(f"@{AT}") for guess in propose(name, habits)]


@pytest.mark.parametrize(
    ("written", "guessed"),
    [
        ("alice.baker", "zed.fox"), ("a.baker", "z.fox"), ("abaker", "zfox"), ("alice", "zed"),
        ("aliceb", "zedf"), ("alice.b", "zed.f"), ("baker.alice", "fox.zed"),
        ("alice_baker", "zed_fox"), ("alice-baker", "zed-fox"), ("alicebaker", "zedfox"),
        ("baker", "fox"), ("bakera", "foxz"), ("ab", "zf"), ("a_baker", "z_fox"),
        ("alice.baker2", "zed.fox"), ("alice.baker+web", "zed.fox"),
    ],
)  # fmt: skip
def test_one_plain_pair_shows_the_pattern(written: str, guessed: str) -> None:
    assert addresses("Zed Fox", learned(Alice_Baker=written)) == [guessed]


def test_a_guess_says_how_many_prove_it() -> None:
    habits = learned(Alice_Baker="alice.baker", Bob_Ray="bob.ray", Cy_Lee="cy")
    guess = propose("Zed Fox", habits, takes_all=False)[0]
    words = f"A guess: 2 of 3 addresses known at {AT} are written “first.last”."
    assert guess == Guess(f"zed.fox@{AT}", "first.last", 2, 3, words)


def test_one_pair_that_may_mean_several_patterns_proves_none() -> None:
    assert propose("Zed Fox", learned(A_Baker="a.baker")) == []
    assert propose("Zed Fox", learned(Ann_Ann="ann")) == []


def test_two_such_pairs_prove_the_one_pattern_that_explains_both() -> None:
    habits = learned(A_Baker="a.baker", Bo_B="bo.b")
    assert addresses("Zed Fox", habits) == ["zed.fox"]


def test_two_such_pairs_that_mean_the_same_two_patterns_prove_neither() -> None:
    assert propose("Zed Fox", learned(A_Baker="a.baker", C_Dee="c.dee")) == []


def test_a_habit_of_few_is_not_proposed() -> None:
    habits = learned(
        Alice_Baker="alice.baker", Bob_Ray="bob.ray", Cy_Lee="cy.lee", Di_Orr="diorr", Ed_Poe="ed"
    )
    assert addresses("Zed Fox", habits) == ["zed.fox"]


def test_addresses_that_no_pattern_explains_speak_against_all() -> None:
    habits = learned(Alice_Baker="alice.baker", Bob_Ray="x71", Cy_Lee="desk9", Di_Orr="u-4")
    assert propose("Zed Fox", habits) == []


def test_desks_and_other_domains_tell_nothing() -> None:
    assert propose("Zed Fox", learned(Alice_Baker="sales")) == []
    elsewhere = learn(AT, [("Alice Baker", "alice.baker@gmail.com"), ("Bob Ray", "nonsense")])
    assert propose("Zed Fox", elsewhere) == []


def test_nothing_is_learned_where_many_have_mailboxes() -> None:
    habits = learn("gmail.com", [("Alice Baker", "alice.baker@gmail.com")])
    assert propose("Zed Fox", habits) == []


def test_names_of_several_parts_are_spelt_as_the_domain_spells_them() -> None:
    together = learned(**{"Zoe_Smith-Jones": "zoe.smithjones"})
    assert addresses("Ann Lee-Fox", together) == ["ann.leefox"]
    hyphened = learned(**{"Zoe_Smith-Jones": "zoe.smith-jones"})
    assert addresses("Ann Lee-Fox", hyphened) == ["ann.lee-fox"]
    with_apostrophe = learned(**{"Mary_O'Neill": "mary.o'neill"})
    assert addresses("Tom O'Hara", with_apostrophe) == ["tom.o'hara"]
    last_alone = learned(**{"Zoe_Smith-Jones": "zoe.jones"})
    assert addresses("Ann Lee-Fox", last_alone) == ["ann.fox"]


def test_where_none_was_seen_the_usual_spellings_are_tried() -> None:
    plain = learned(Alice_Baker="alice.baker")
    assert addresses("Tom O'Hara", plain) == ["tom.ohara", "tom.o'hara"]
    assert addresses("Ann Lee-Fox", plain) == ["ann.lee-fox", "ann.leefox"]
    assert addresses("Siân Llŷr", plain) == ["sian.llyr"]
    assert addresses("Fiona McDonald", plain) == ["fiona.mcdonald"]
    assert addresses("Pieter van der Berg", plain)[0] == "pieter.vanderberg"


def test_short_forms_of_names_are_tried_where_the_domain_has_them() -> None:
    formal, short = learned(Robert_Lee="robert.lee"), learned(Robert_Lee="rob.lee")
    assert addresses("Michael Ray", formal) == ["michael.ray"]
    assert addresses("Michael Ray", short) == ["michael.ray", "mike.ray"]


def test_nobody_s_known_address_is_guessed_for_another() -> None:
    habits = learned(Alice_Baker="alice.baker", Alice_Booth="abooth", Cy_Lee="cy.lee")
    assert addresses("Alice Baker", habits) == []
    john = learned(John_Smith="john", Cy_Lee="cy")
    assert addresses("John Adams", john) == []


def test_of_an_initial_no_first_name_is_made() -> None:
    assert addresses("J Fox", learned(Alice_Baker="alice.baker")) == []
    assert addresses("J Fox", learned(Alice_Baker="abaker")) == ["jfox"]


def test_a_guess_that_nobody_can_check_says_so() -> None:
    habits = learned(Alice_Baker="alice.baker")
    checked = [propose("Zed Fox", habits, takes_all=each)[0].words for each in (True, None, False)]
    assert "takes mail for any address, so that nobody can check it" in checked[0]
    assert "is not known" in checked[1]
    assert checked[2].endswith("“first.last”.")


def test_hostile_pairs_are_read_without_harm() -> None:
    pairs = [("x" * 100_000, f"{'y' * 100_000}@{AT}"), ("\x00", f"@{AT}"), ("A-B-C " * 50, "@@@@")]
    assert propose("Zed Fox", learn(AT, pairs * 1_000)) == []
    assert propose("Zed Fox", learn("", pairs)) == []
