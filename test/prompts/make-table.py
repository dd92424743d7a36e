"""Writes cases.jsonl: when messages are due to leave, worked out with Python's zoneinfo and plain counting of days.

Nothing of the product is used. The table is committed; run this again only to add cases:
    python3 test/prompts/make-table.py > test/prompts/cases.jsonl
"""

import json
import sys
from datetime import date, datetime, time, timedelta, timezone
from zoneinfo import ZoneInfo

UTC = timezone.utc
OPENS, CLOSES = time(9), time(17)


def nth(year, month, weekday, n):
    """The nth weekday (Monday is 0) of a month; -1 the last."""
    days = [date(year, month, d) for d in range(1, 32) if valid(year, month, d)]
    days = [d for d in days if d.weekday() == weekday]
    return days[n - 1] if n > 0 else days[-1]


def valid(y, m, d):
    try:
        date(y, m, d)
        return True
    except ValueError:
        return False


def federal(year):
    """Legal public holidays of the United States, with the day on which one at a weekend is observed."""
    days = [
        date(year, 1, 1), nth(year, 1, 0, 3), nth(year, 2, 0, 3), nth(year, 5, 0, -1), date(year, 6, 19),
        date(year, 7, 4), nth(year, 9, 0, 1), nth(year, 10, 0, 2), date(year, 11, 11), nth(year, 11, 3, 4),
        date(year, 12, 25),
    ]
    for d in list(days):
        if d.weekday() == 5:
            days.append(d - timedelta(days=1))
        if d.weekday() == 6:
            days.append(d + timedelta(days=1))
    return days


HOLIDAYS = {d for y in range(2023, 2031) for d in federal(y)}
WEEK = (0, 1, 2, 3, 4)


def works(d, holidays, week=WEEK):
    return d.weekday() in week and d not in holidays


def instant(d, minutes, zone):
    """The first of two equal times in autumn; a time that spring skips moves forward by the gap (fold = 0 does both)."""
    local = datetime.combine(d, time(minutes // 60, minutes % 60), ZoneInfo(zone))
    return local.astimezone(UTC)


def iso(at):
    return at.astimezone(UTC).strftime("%Y-%m-%dT%H:%M:%SZ")


def goes(at, zone, holidays, quiet=(1080, 480), week=WEEK):
    """When a message may go that is asked for at this instant."""
    local = at.astimezone(ZoneInfo(zone))
    minute = local.hour * 60 + local.minute
    today = local.date()
    if works(today, holidays, week) and quiet[1] <= minute < quiet[0]:
        return at
    d = today if minute < quiet[1] else today + timedelta(days=1)
    while not works(d, holidays, week):
        d += timedelta(days=1)
    return instant(d, quiet[1], zone)


def listed(at, zone, holidays, minutes=510, week=WEEK):
    """When the next list goes out: Monday to Friday, on a day the site works."""
    d = at.astimezone(ZoneInfo(zone)).date()
    while True:
        out = instant(d, minutes, zone)
        if out > at and d.weekday() < 5 and works(d, holidays, week):
            return out
        d += timedelta(days=1)


seen = set()
count = 0


def put(case):
    global count
    line = json.dumps(case, separators=(",", ":"), ensure_ascii=False)
    if line not in seen:
        seen.add(line)
        count += 1
        print(line)


def hour_case(why, at, zone, holidays="federal", **rules):
    days = HOLIDAYS if holidays == "federal" else set()
    week = tuple(d - 1 for d in rules.get("workdays", [1, 2, 3, 4, 5]))
    quiet = tuple(rules.get("quiet", (1080, 480)))
    minutes = rules.get("listAt", 510)
    case = {
        "kind": "hours", "why": why, "at": iso(at), "zone": zone, "holidays": holidays, **rules,
        "goes": iso(goes(at, zone, days, quiet, week)), "list": iso(listed(at, zone, days, minutes, week)),
    }
    put(case)


ZONES = [
    "America/New_York", "America/Los_Angeles", "America/St_Johns", "America/Santiago", "Europe/Dublin",
    "Europe/Berlin", "Africa/Cairo", "Asia/Kathmandu", "Australia/Lord_Howe", "Pacific/Chatham", "Pacific/Honolulu",
    "Asia/Tokyo",
]


def changes(zone, first=2025, last=2028):
    """The instants at which the clock is put, found by looking at every hour and then at every minute."""
    tz = ZoneInfo(zone)
    at = datetime(first, 1, 1, tzinfo=UTC)
    end = datetime(last + 1, 1, 1, tzinfo=UTC)
    before = at.astimezone(tz).utcoffset()
    while at < end:
        later = at + timedelta(hours=6)
        after = later.astimezone(tz).utcoffset()
        if after != before:
            minute = at
            while minute.astimezone(tz).utcoffset() == before:
                minute += timedelta(minutes=15)
            yield minute
        at, before = later, after


# Nights in which the clock is put, in each zone: before, in and after them, and the edges of the morning that follows.
for zone in ZONES:
    for change in list(changes(zone))[:3]:
        for shift in (-timedelta(hours=9), -timedelta(minutes=1), timedelta(0), timedelta(hours=2)):
            hour_case("clock put", change + shift, zone, "none")
        day = change.astimezone(ZoneInfo(zone)).date() + timedelta(days=1)
        while day.weekday() > 4:
            day += timedelta(days=1)
        for minute in (479, 480, 509, 510, 1079, 1080):
            hour_case("edge after the clock was put", instant(day, minute, zone), zone, "none")

# Edges of the day where the clock is never put.
for zone in ("Asia/Kathmandu", "Pacific/Honolulu", "Asia/Tokyo", "Etc/UTC"):
    for minute in (0, 479, 480, 509, 510, 511, 1079, 1080, 1439):
        for day in (date(2025, 3, 7), date(2025, 3, 8)):
            hour_case("edge", instant(day, minute, zone), zone, "none")

# Holidays, those observed on another day and those next to a weekend among them.
for zone in ("America/New_York", "America/Los_Angeles", "Europe/Berlin"):
    for day in (
        date(2025, 1, 1), date(2025, 1, 20), date(2025, 5, 23), date(2025, 5, 26), date(2025, 7, 3), date(2025, 7, 4),
        date(2025, 11, 11), date(2025, 11, 26), date(2025, 11, 27), date(2025, 12, 24), date(2025, 12, 25),
        date(2026, 7, 3), date(2026, 7, 4), date(2027, 6, 18), date(2027, 12, 24), date(2027, 12, 31),
        date(2028, 11, 10),
    ):
        for minute in (420, 600, 1100):
            hour_case("holiday", instant(day, minute, zone), zone)

# Leap days.
for zone in ("America/New_York", "Asia/Tokyo", "Pacific/Chatham", "Europe/Dublin"):
    for day in (date(2024, 2, 28), date(2024, 2, 29), date(2024, 3, 1), date(2028, 2, 28), date(2028, 2, 29), date(2028, 3, 1)):
        for minute in (300, 720, 1200):
            hour_case("leap day", instant(day, minute, zone), zone)

# Other weeks and other hours; in Cairo the clock is put on a working day, over midnight.
for day in range(18, 27):
    hour_case("week from Sunday", instant(date(2025, 5, day), 700, "Africa/Cairo"), "Africa/Cairo", "none", workdays=[1, 2, 3, 4, 7])
    hour_case("six days", instant(date(2025, 5, day), 1200, "Europe/Berlin"), "Europe/Berlin", "none", workdays=[1, 2, 3, 4, 5, 6])
for day in range(23, 29):
    hour_case("list in the gap", instant(date(2025, 4, day), 300, "Africa/Cairo"), "Africa/Cairo", "none", listAt=30)
    hour_case("morning in the gap", instant(date(2025, 4, day), 1300, "Africa/Cairo"), "Africa/Cairo", "none", quiet=[1080, 30])
for day in range(27, 32):
    hour_case("list shown twice", instant(date(2025, 10, day), 300, "Africa/Cairo"), "Africa/Cairo", "none", listAt=1410)


# Ladders of a site whose people are elsewhere.
def ladder(site, since, due_day):
    """Rungs of the default ladder by counting days one by one: id and instant."""
    tz = ZoneInfo(site)

    def forward(d):
        while not works(d, HOLIDAYS):
            d += timedelta(days=1)
        return d

    def back(d):
        while not works(d, HOLIDAYS):
            d -= timedelta(days=1)
        return d

    def plus(d, n):
        while n > 0:
            d += timedelta(days=1)
            if works(d, HOLIDAYS):
                n -= 1
        return d

    def at_opening(d):
        return datetime.combine(d, OPENS, tz).astimezone(UTC)

    local = since.astimezone(tz)
    inside = works(local.date(), HOLIDAYS) and OPENS <= local.time() < CLOSES
    if inside:
        opens = since
    elif works(local.date(), HOLIDAYS) and local.time() < OPENS:
        opens = at_opening(local.date())
    else:
        opens = at_opening(forward(local.date() + timedelta(days=1)))
    due = max(datetime.combine(due_day, CLOSES, tz).astimezone(UTC), opens)
    open_day = opens.astimezone(tz).date()
    last = back(due.astimezone(tz).date())
    window = sum(1 for n in range(1, (last - open_day).days + 1) if works(open_day + timedelta(days=n), HOLIDAYS))
    rungs = [("r0", opens)]
    if window > 2:
        rungs.append(("r1", at_opening(plus(open_day, (window + 1) // 2))))
    rungs.append(("r2", at_opening(last)))
    rungs += [(name, at_opening(plus(last, n))) for name, n in (("r3", 1), ("r4", 3), ("r5", 5))]
    kept = []
    for name, at in rungs:
        if not kept or at > kept[-1][1]:
            kept.append((name, at))
    return kept


STARTS = [
    (datetime(2025, 3, 6, 15, tzinfo=UTC), 4), (datetime(2025, 3, 7, 22, tzinfo=UTC), 3),
    (datetime(2025, 10, 30, 16, tzinfo=UTC), 6), (datetime(2025, 7, 2, 13, 30, tzinfo=UTC), 5),
    (datetime(2025, 11, 25, 19, tzinfo=UTC), 7), (datetime(2025, 12, 23, 20, tzinfo=UTC), 12),
    (datetime(2024, 2, 27, 18, tzinfo=UTC), 2), (datetime(2028, 2, 28, 14, tzinfo=UTC), 1),
    (datetime(2027, 12, 30, 17, tzinfo=UTC), 4), (datetime(2025, 5, 22, 15, tzinfo=UTC), 10),
]
for site in ("America/New_York", "America/Los_Angeles", "Europe/Berlin"):
    for zone in ("America/New_York", "Pacific/Honolulu", "Asia/Tokyo", "Australia/Lord_Howe"):
        for since, days in STARTS:
            due_day = since.astimezone(ZoneInfo(site)).date() + timedelta(days=days)
            rungs = [
                [name, iso(at), iso(goes(at, zone, HOLIDAYS))] for name, at in ladder(site, since, due_day)
            ]
            put({"kind": "ladder", "site": site, "zone": zone, "since": iso(since), "dueDay": str(due_day), "rungs": rungs})

print(count, file=sys.stderr)
