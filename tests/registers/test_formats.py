"""The odd rows of each register's file, and its other layouts."""

from collections import Counter
from pathlib import Path

import pytest

from crm.registers.formats import numbering, values
from crm.registers.formats.contract import BUNDLED, Draft, UnreadableRow
from crm.registers.formats.fitting import fitting
from crm.registers.formats.known import FORMATS, LAYOUTS, format_of, layouts_of
from crm.registers.numbers import company_number
from tests.registers.drafts import drafts, table

MIRROR = ["test", "name", "text", "postcode"]
NAMELESS = ["test", "text", "postcode"]
LARGEST_BUNDLE = 6_000_000


def one(slug: str, path: Path) -> Draft:
    [draft] = drafts(fitting(slug, path), path)
    return draft


def test_every_layout_is_one_of_a_register_and_told_by_its_titles() -> None:
    slugs = {form.slug for form in FORMATS}
    assert {layout.slug for layout in LAYOUTS} <= slugs
    for slug in slugs:
        seen = [frozenset(layout.columns.values()) for layout in layouts_of(slug)]
        assert len(set(seen)) == len(seen)


def test_mot_garages_are_called_what_stands_before_the_first_comma(tmp_path: Path) -> None:
    text = "MOTORTERM T/A P M B, HIGHER LANE GARAGE, HIGHER LANE, MANCHESTER"
    draft = one("mot_garages", table(tmp_path, NAMELESS, ["3647B0", text, "M45 7FZ"]))
    assert (draft.number, draft.name) == ("3647B0", "MOTORTERM T/A P M B")
    assert draft.address[0].strip() == "HIGHER LANE GARAGE"
    assert draft.facts == {"legal_name": "MOTORTERM", "trading_name": "P M B"}


def test_the_agencys_own_file_of_mot_garages(tmp_path: Path) -> None:
    titles = "Site_Number,Trading_Name,Address1,Address2,Address3,Town,Postcode,Phone"
    path = table(
        tmp_path,
        [*titles.split(","), "Class_1", "Class_4"],
        [
            "0003AW",
            "M and T",
            "120 Bradway Road",
            "",
            "",
            "Sheffield",
            "S17 4QW",
            "1142620000",
            "",
            "4",
        ],
        between=",",
    )
    draft = one("mot_garages", path)
    assert (draft.number, draft.town, draft.phone) == ("0003AW", "Sheffield", "01142620000")
    assert draft.facts == {"mot_classes": ["4"]}


def test_a_gambling_place_is_known_by_operator_postcode_and_door(tmp_path: Path) -> None:
    rows = [
        [
            "gambling:1611",
            "Ladbrokes",
            "4 Carlisle Buildings,  Carlisle Road, EASTBOURNE",
            "BN21 4DB",
        ],
        ["gambling:1611", "Ladbrokes", "4 CARLISLE BUILDINGS, EASTBOURNE", "BN214DB"],
        ["gambling:1611", "Ladbrokes", "6 Carlisle Road, EASTBOURNE", "BN21 4DB"],
        ["gambling:1611", "6 Market Place", "NEWBURY", "RG14 5BD"],
        ["gambling:", "Nobody", "1 Road, NEWBURY", "RG14 5BD"],
    ]
    path = table(tmp_path, MIRROR, *rows)
    numbers = [draft.number for draft in drafts(format_of("gambling_premises"), path)]
    assert numbers[0] == numbers[1] != numbers[2]
    assert numbers[3:] == ["1611-rg145bd-6", ""]


def test_the_commissions_own_file_gives_a_place_the_same_number(tmp_path: Path) -> None:
    titles = "Account Number,Account Name,Premises Activity,Local Authority,Address Line 1"
    path = table(
        tmp_path,
        [*titles.split(","), "Address Line 2", "City", "Postcode"],
        [
            "1611",
            "Ladbrokes",
            "Betting",
            "Eastbourne",
            "4 Carlisle Buildings",
            "",
            "Eastbourne",
            "BN21 4DB",
        ],
        between=",",
    )
    draft = one("gambling_premises", path)
    assert (draft.number, draft.facts["activity"]) == ("1611-bn214db-4", "Betting")


def test_a_wedding_venue_is_not_known_by_its_line(tmp_path: Path) -> None:
    text = "THE HUNTING LODGE, ADLINGTON HALL ,  MILL LANE, MACCLESFIELD"
    rows = [[f"civil-marriage-venue:{n}", text, "SK10 4LF"] for n in (2, 3)]
    first, moved = drafts(format_of("wedding_venues"), table(tmp_path, NAMELESS, *rows))
    assert first.number == moved.number == "sk104lf-thehuntinglodge"


def test_scrap_yards_have_two_names(tmp_path: Path) -> None:
    row = [
        "end-of-life-vehicle:TP3995HD",
        "Userve Ltd t/a Copart UK",
        "Ramsgate Road,  Kent",
        "CT13 9ND ",
    ]
    draft = one("scrap_yards", table(tmp_path, MIRROR, row))
    assert (draft.number, draft.name) == ("TP3995HD", "Userve Ltd t/a Copart UK")
    assert draft.facts == {"legal_name": "Userve Ltd", "trading_name": "Copart UK"}


def test_points_of_food_businesses_begin_with_the_latitude(tmp_path: Path) -> None:
    titles = [*MIRROR, "food-authority", "point"]
    rows = [
        ["FHRS:1", "A", "Road", "PR7 2NJ", "197", "[53.64152,-2.64947]"],
        ["FHRS:2", "B", "Road", "PR7 2NJ", "197", ""],
        ["FHRS:3", "C", "Road", "PR7 2NJ", "197", "[-2.64947,53.64152]"],
    ]
    points = [d.point for d in drafts(format_of("food_businesses"), table(tmp_path, titles, *rows))]
    assert points == [(-2.64947, 53.64152), None, None]


def test_the_agencys_own_file_of_food_businesses(tmp_path: Path) -> None:
    titles = "FHRSID,BusinessName,BusinessType,AddressLine1,AddressLine2,AddressLine3,PostCode"
    path = table(
        tmp_path,
        [*titles.split(","), "RatingValue", "RatingDate"],
        [
            "7",
            "Nile",
            "School/college/university",
            "1 Road",
            "",
            "York",
            "YO1 1AA",
            "5",
            "2024-03-02",
        ],
        ["8", "Tiber", "Circus", "1 Road", "", "York", "YO1 1AA", "Exempt", ""],
        between=",",
    )
    fed, circus = drafts(fitting("food_businesses", path), path)
    # Whoever cooks for a school must not turn up where schools are looked for.
    assert (fed.trade, circus.trade) == ("school_catering", "food_business")
    assert fed.facts == {"rating": "5", "rated": "2024-03-02"}


def test_the_charity_commissions_extract(tmp_path: Path) -> None:
    form = layouts_of("charities")[1]
    usual = dict.fromkeys(form.columns.values(), "") | {
        "registered_charity_number": "1100001",
        "linked_charity_number": "0",
        "charity_name": "ACME TRUST",
        "charity_registration_status": "Registered",
        "date_of_registration": "2015-03-02 00:00:00",
        "charity_company_registration_number": "738693",
        "charity_type": "Other",
        "latest_income": "125000",
    }
    linked = usual | {"linked_charity_number": "1"}
    gone = usual | {"charity_registration_status": "Removed", "date_of_removal": "2020-01-31"}
    rows = [list(each.values()) for each in (usual, linked, gone)]
    path = table(tmp_path, list(usual), *rows)
    first, part, removed = drafts(fitting("charities", path), path)
    assert (first.number, first.company_number) == ("1100001", "00738693")
    assert first.facts == {"income": 125_000}
    assert part.number == "1100001-1"
    assert (removed.active, str(removed.closed)) == (False, "2020-01-31")


def bundled(slug: str) -> dict[str, Draft]:
    form = format_of(slug)
    return {draft.number: draft for draft in drafts(form, form.bundled_path)}


def test_local_lists_say_nothing_where_they_print_na() -> None:
    charities = bundled("trafford_charities")
    wildlife, baptists = charities["214927"], charities["210843"]
    assert wildlife.company_number == "00738693"
    assert (wildlife.email, wildlife.website) == (
        "info@cheshirewt.org.uk",
        "www.cheshirewildlifetrust.co.uk",
    )
    assert (baptists.email, baptists.website, baptists.company_number) == ("", "", "")
    assert baptists.facts == {}


def test_care_homes_with_the_zero_of_their_phone() -> None:
    homes = bundled("trafford_care_homes")
    assert homes["1-466088203"].phone == "01617486414"
    assert homes["1-466088203"].facts["provider"] == "Future Directions CIC"
    several = [home for home in homes.values() if home.more_trades]
    assert {(home.trade, *home.more_trades) for home in several} == {
        ("care_home", "supported_living", "homecare")
    }


def test_a_sports_site_is_one_entry_with_all_that_it_has() -> None:
    sites = bundled("trafford_sports")
    assert len(sites) == 171
    club = sites["1001039"]
    assert club.name == "David Lloyd (Manchester Trafford City)"
    assert club.trade == "gym"
    assert {"squash_courts", "swimming_pool", "tennis_courts"} <= set(club.more_trades)
    assert (club.phone, club.email) == ("0161 749 2000", "manchester@davidlloyd.co.uk")
    assert club.point == (-2.359969, 53.46994)


def test_businesses_without_a_number_are_told_apart() -> None:
    takeaways = bundled("trafford_takeaways")
    assert len(takeaways) == 291
    assert Counter(draft.trade for draft in takeaways.values()) == {
        "takeaway": 265,
        "restaurant": 24,
        "mobile_caterer": 2,
    }


def test_the_bundle_is_small_and_says_where_it_comes_from() -> None:
    files = list(BUNDLED.iterdir())
    assert sum(file.stat().st_size for file in files) <= LARGEST_BUNDLE
    licences = (BUNDLED / "LICENCES.md").read_text(encoding="utf-8")
    assert [file.name for file in files if f"`{file.name}`" not in licences] == ["LICENCES.md"]


@pytest.mark.parametrize(
    ("parts", "number"),
    [
        (("1611", "RG14 5BD", "6"), "1611-rg145bd-6"),
        (("1611", "rg145bd", "6"), "1611-rg145bd-6"),
        (("", "RG14 5BD", "The Bull's Head"), "rg145bd-thebullshead"),
        ((), ""),
    ],
)
def test_a_made_number_does_not_mind_case_blanks_and_signs(
    parts: tuple[str, ...], number: str
) -> None:
    assert numbering.made(*parts) == number


def test_long_made_numbers_fit_and_stay_apart() -> None:
    first, second = (numbering.made("EC4M 7DD", "x" * 60 + end) for end in "ab")
    assert first != second
    assert len(first) == len(second) == numbering.LONGEST


@pytest.mark.parametrize(
    ("address", "door"),
    [
        ("260-264 High Street, York", "260to264"),
        ("70A – 72 High Street", "70ato72"),
        ("Unit 4, 1 High Street", "4"),
        ("The Old Mill, High Street", "theoldmill"),
        ("", ""),
    ],
)
def test_doors(address: str, door: str) -> None:
    assert numbering.door(address) == door


def test_values_of_columns() -> None:
    assert values.phone("1617486414") == "01617486414"
    assert values.phone("0161 748 6414") == "0161 748 6414"
    assert company_number("NA000123") == "NA000123"
    assert company_number("00") == ""
    assert values.point("", "53.4") is None
    with pytest.raises(UnreadableRow, match="unreadable point"):
        values.point("west", "53.4")
