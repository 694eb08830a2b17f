"""Looks at RUN/report.html in a browser without a network: what it says, and that it can be read.

Every check adds to a list of failures, so that one run shows all that is wrong.
"""

import collections
import io
import json
import os
import pathlib
import re
import sys
import unicodedata

import pyarrow.parquet as parquet
import pypdf
from PIL import Image
from playwright.sync_api import sync_playwright

SIZES = {"desktop": (1280, 900), "phone": (390, 844)}
# Wide enough for the text of an A4 page with its margins, in CSS pixels.
PAPER = 703
MOST_BYTES = 3_000_000
ARGUMENTS = [
    "--no-sandbox", "--disable-gpu", "--disable-quic", "--no-first-run",
    "--disable-background-networking", "--disable-component-update", "--disable-sync",
    "--host-resolver-rules=MAP * ~NOTFOUND",
]

failures = []


def check(is_met, what):
    """Notes a failure."""
    if not is_met:
        failures.append(what)


def same(found, expected, what):
    """Notes a failure with both values."""
    check(found == expected, f"{what}: the page says {found!r}, the tables {expected!r}")


def rows(run, table):
    """A published table as a list of dictionaries."""
    return parquet.read_table(run / f"{table}.parquet").to_pylist()


def number(text):
    """A number as the page prints it: thousands parted, a minus sign of its own, perhaps a plus."""
    plain = text.strip().replace(",", "").replace("−", "-").replace("±", "").lstrip("+")
    return None if plain in ("", "—") else float(plain) if "." in plain else int(plain)


def fen(text):
    """Yuan as the page prints them, in fen."""
    return round(number(text) * 100)


def rate(hundredths):
    """A rate of the tables as the page prints it."""
    return "—" if hundredths is None else f"{hundredths // 100}.{hundredths % 100:02d}%"


# What is on the page.


def cells(page, row):
    """The figures of every row that matches: key of the row → name of the figure → text."""
    script = """([rows, key]) => [...document.querySelectorAll(rows)].map(row => [
        row.dataset[key], Object.fromEntries([...row.querySelectorAll('[data-figure]')]
            .map(it => [it.dataset.figure, it.textContent]))])"""
    return dict(page.evaluate(script, list(row)))


def check_figures(page, run):
    """The page says what the tables say."""
    manifest = json.loads((run / "manifest.json").read_text())
    check_findings(page, rows(run, "findings"))
    check_settlement(page, [it for it in rows(run, "settlement") if it["level"] in ("total", "category")])
    check_controls(page, rows(run, "controls"))
    check_suppliers(page, manifest)
    check_progress(page, rows(run, "progress"), manifest)
    check_missing(page, rows(run, "persons"))
    check_nights(page, run, manifest)


def check_findings(page, findings):
    shown = cells(page, ("#table-findings tr[data-code]", "code"))
    count = collections.Counter(it["code"] for it in findings)
    persons = collections.defaultdict(set)
    for it in findings:
        if it["person"]:
            persons[it["code"]].add(it["person"])
    same({code: number(it["count"]) for code, it in shown.items()}, dict(count), "findings by code")
    same(
        {code: number(it["persons"]) or 0 for code, it in shown.items()},
        {code: len(persons[code]) for code in count},
        "persons with findings",
    )


def check_settlement(page, settled):
    shown = cells(page, ("#table-settlement tr[data-category]", "category"))
    names = ("entitled", "subsidised", "missing", "undue")
    expected = {
        it["category"] or ("total" if it["level"] == "total" else ""): {name: it[f"{name}_fen"] for name in names}
        for it in settled
    }
    found = {key: {name: fen(it[name]) for name in names} for key, it in shown.items()}
    same(found, expected if found else {}, "the settlement by category")
    has_money = any(any(it.values()) for it in expected.values())
    check(bool(found) or not has_money, "the settlement is not shown")


def check_controls(page, controls):
    shown = page.evaluate(
        """() => [...document.querySelectorAll('#table-controls tr[data-control]')]
            .map(row => [row.dataset.control, ...[...row.querySelectorAll('td')].map(it => it.textContent)])"""
    )
    count = collections.Counter((it["control"], it["passed"]) for it in controls)
    expected = {it["control"]: (count[it["control"], True], count[it["control"], False]) for it in controls}
    same({code: (number(met), number(breached)) for code, met, breached in shown}, expected, "controls")
    breaches = page.locator("#table-breaches tbody tr").count()
    same(breaches, sum(not it["passed"] for it in controls), "breached controls")


def check_suppliers(page, manifest):
    shown = page.evaluate(
        """() => [...document.querySelectorAll('#table-suppliers tr[data-supplier]')]
            .map(row => [row.dataset.supplier, ...[...row.querySelectorAll('td')].map(it => it.textContent)])"""
    )
    expected = collections.defaultdict(lambda: [0, 0, 0, 0])
    files = collections.defaultdict(set)
    for it in manifest["inputs"]:
        files[it["supplier"]].add((it["source"], it["file"]))
        for at, name in enumerate(("rows_read", "accepted", "no_data", "rejected")):
            expected[it["supplier"]][at] += it[name]
    found = {it[0]: [number(text) for text in it[1:6]] for it in shown}
    silent = {name for name, it in found.items() if it[0] == 0}
    expected = {name: [len(files[name]), *counts] for name, counts in expected.items()}
    same({name: it for name, it in found.items() if name not in silent}, expected, "files and rows by supplier")


def check_progress(page, progress, manifest):
    by_place = collections.defaultdict(dict)
    for it in progress:
        if it["people"] == "all":
            by_place[it["level"], it["parent_name"], it["name"]][it["insurance"]] = it
    shown = cells(page, ("#table-ranking tr[data-place]", "place"))
    level = page.locator("#table-ranking tr[data-level]").first.get_attribute("data-level")
    below = {"county": "township", "township": "village"}
    is_of_paid = None
    total = next(it for key, it in by_place.items() if key[0] == "total")
    for name, it in shown.items():
        if name == "total":
            row = total
        elif "/" in name:
            above, own = name.split("/")
            row = next((it for key, it in by_place.items() if key == (below[level], above, own)), None)
        else:
            row = next((it for key, it in by_place.items() if key[0] == level and key[2] == name), None)
        if row is None:
            # What could not be placed: its columns are checked by the sum.
            continue
        everybody, residents = row["all"], row["resident"]
        expected = {
            "liable": everybody["liable"], "covered": everybody["covered"], "unenrolled": everybody["unenrolled"],
            "insured": residents["insured"], "paid": residents["paid"], "paid_last_day": residents["paid_last_day"],
        }
        same({key: number(it[key]) for key in expected}, expected, f"progress of {name}")
        same(it["cover_rate"], rate(everybody["cover_rate"]), f"cover rate of {name}")
        if residents["target"] and "target" in it:
            same(number(it["target"]), residents["target"], f"target of {name}")
            of = {True: residents["paid"], False: residents["insured"]}
            rates = {is_paid: rate((20000 * n + residents["target"]) // (2 * residents["target"])) for is_paid, n in of.items()}
            check(it["completion"] in rates.values(), f"completion of {name}: {it['completion']} is not of {rates}")
    check(len(shown) > 1, "nothing is ranked")
    headline = page.evaluate(
        """() => Object.fromEntries([...document.querySelectorAll('#headline [data-figure]')]
            .map(it => [it.dataset.figure, it.textContent]))"""
    )
    same(headline["cover_rate"], rate(total["all"]["cover_rate"]), "the cover rate")
    same(number(headline["insured"]), total["resident"]["insured"], "the insured")
    same(number(headline["paid"]), total["resident"]["paid"], "the payers")
    same(number(headline["unenrolled"]), total["all"]["unenrolled"], "the missing")
    same(number(headline["findings"]), manifest["findings"]["total"], "findings")
    needy = [it for it in progress if it["level"] == "total" and it["people_code"] == "priority" and it["insurance"] == "all"]
    same(headline["hardship"], rate(needy[0]["cover_rate"]) if needy else "—", "cover of hardship groups")


def check_missing(page, persons):
    missing = [it for it in persons if it["verdict"] == "unenrolled"]
    last = """table => [...document.querySelectorAll(`#${table} tbody tr:last-child td`)].map(it => it.textContent)"""
    if missing:
        same(number(page.evaluate(last, "table-heat")[-1]), len(missing), "the missing by age")
        counts = [number(it) for it in page.evaluate(last, "table-places") if it and "%" not in it]
        same(counts[0], len(missing), "the missing by village")
    of_village = collections.Counter(it["village_name"] or None for it in missing)
    shown = page.evaluate(
        """() => [...document.querySelectorAll('#table-places tbody tr:not(.sum)')]
            .map(row => [row.querySelector('th').textContent, row.querySelector('td.n').textContent])"""
    )
    found = collections.Counter()
    for name, count in shown:
        found[name if name in of_village else None] += number(count)
    same(found, of_village, "the missing of each village")


STATES = ("new", "open", "answered", "closed", "reopened")


def history(run, manifest):
    """The nights of the run's year up to the run itself, oldest first, the newest run of each day; of
    each the value by kind, name and scope."""
    order = lambda it: (it.stem[:10], int(it.stem[11:] or 1))
    files = [it for it in (run.parent / "history").glob("*.parquet") if it.stem[:10] < run.name[:10]]
    of_day = {it.stem[:10]: it for it in sorted(files, key=order)}
    nights = []
    for file in [*of_day.values(), run.parent / "history" / f"{run.name}.parquet"]:
        figures = parquet.read_table(file).to_pylist()
        if figures[0]["insurance_year"] == manifest["insurance_year"]:
            values = {(it["kind"], it["name"], it["scope"]): it["value"] for it in figures}
            nights.append((str(figures[0]["as_of"]), values))
    return nights


def check_nights(page, run, manifest):
    """The section of the nights says what the history says, and of tonight what the headline says."""
    nights = history(run, manifest)
    drawn = page.locator("#nights .chart").count()
    same(drawn, 4 if len(nights) > 1 else 0, "charts of the nights")
    if len(nights) < 2:
        return
    expected, before = {}, None
    for day, values in nights:
        area = lambda name: values.get(("progress", name, ""))
        missing = area("unenrolled")
        sums = {
            state: sum(it for (kind, name, _), it in values.items() if kind == "finding" and name.endswith(f".{state}"))
            for state in STATES
        }
        expected[day] = {
            "covered": area("covered"), "liable": area("liable"), "unenrolled": missing,
            "change": None if before is None else missing - before,
            "findings": sum(it for (kind, name, _), it in values.items() if kind == "finding" and "." not in name),
            **{f"state-{at}": sums[state] for at, state in enumerate(STATES)},
            "closed": sum(it for (kind, _, _), it in values.items() if kind == "closed"),
        }
        before = missing
    shown = cells(page, ("#table-nights tr[data-night]", "night"))
    found = {day: {key: number(it) for key, it in night.items()} for day, night in shown.items()}
    same(found, dict(list(expected.items())[-60:]), "the nights")
    check_drawn(page, found, len(found) == len(nights))
    tonight = found[manifest["as_of"]]
    headline = page.evaluate(
        """() => Object.fromEntries([...document.querySelectorAll('#headline [data-figure]')]
            .map(it => [it.dataset.figure, it.textContent]))"""
    )
    for name in ("unenrolled", "findings"):
        same(tonight[name], number(headline[name]), f"{name} of tonight")
    moves = cells(page, ("#table-moves tr[data-move]", "move"))
    total = {key: number(it) for key, it in moves.pop("total").items()}
    same(total["last"], tonight["change"], "the change since the last night")
    same(total["first"], tonight["unenrolled"] - nights[0][1]["progress", "unenrolled", ""], "the change since the first night")
    for key in ("unenrolled", "last"):
        same(sum(number(it[key]) or 0 for it in moves.values()), total[key], f"{key} of all places")


def check_drawn(page, nights, is_whole):
    """What is drawn of the nights is what the table says."""
    script = """id => { const it = echarts.getInstanceByDom(document.getElementById(id)).getOption();
        return it.series.map(line => Object.fromEntries(it.xAxis[0].data.map((day, at) => [day, line.data[at]]))) }"""
    lines = {
        "chart-covered": [lambda it: it["covered"]],
        "chart-unenrolled": [lambda it: it["unenrolled"]],
        "chart-waiting": [lambda it: it["state-0"] + it["state-1"] + it["state-4"], lambda it: it["state-2"]],
        "chart-moves": [lambda it: it["state-0"], lambda it: it["state-4"], lambda it: it["closed"]],
    }
    for chart, figures in lines.items():
        for at, (drawn, of) in enumerate(zip(page.evaluate(script, chart), figures, strict=True)):
            expected = {day: of(it) for day, it in nights.items()}
            if is_whole and (chart, at) == ("chart-moves", 0):
                # On the first night everything was new.
                expected[min(expected)] = None
            found = {day: it for day, it in drawn.items() if day in expected}
            same(found, expected, f"line {at} of {chart}")
            check(all(it is None for day, it in drawn.items() if day not in expected), f"{chart} draws days without a night")


# Whether it can be read.


def check_structure(page):
    """Language, headings, tables and charts as a screen reader needs them."""
    levels = [int(it[1]) for it in page.evaluate("() => [...document.querySelectorAll('h1,h2,h3,h4')].map(it => it.tagName)")]
    check(levels[:1] == [1] and levels.count(1) == 1, f"headings begin with {levels[:2]}")
    check(all(b <= a + 1 for a, b in zip(levels, levels[1:])), f"a level of headings is left out: {levels}")
    check(page.evaluate("() => document.documentElement.lang") in ("zh-CN", "en"), "the page has no language")
    bad = page.evaluate("() => [...document.querySelectorAll('table')].filter(it => !it.querySelector('thead th[scope]')).map(it => it.id)")
    same(bad, [], "tables without a head")
    twice = page.evaluate("() => { const ids = [...document.querySelectorAll('[id]')].map(it => it.id); return ids.filter((it, at) => ids.indexOf(it) !== at) }")
    same(twice, [], "ids given twice")


def check_charts(page, size):
    """Every chart is drawn, has a name, and its numbers stand in a table."""
    charts = page.locator(".chart")
    check(charts.count() >= 3, f"{size}: there are {charts.count()} charts")
    for at in range(charts.count()):
        chart = charts.nth(at)
        name = chart.get_attribute("id")
        check(bool(chart.get_attribute("aria-label")), f"{size}: {name} has no name")
        check(chart.locator("svg, canvas").count() == 1, f"{size}: {name} has no drawing")
        n_data = chart.evaluate(
            """it => { const chart = echarts.getInstanceByDom(it);
                return chart ? chart.getOption().series.reduce((n, it) => n + it.data.length, 0) : 0; }"""
        )
        check(n_data > 0, f"{size}: {name} draws no data")
        image = Image.open(io.BytesIO(chart.screenshot())).convert("RGB")
        colours = image.getcolors(1 << 24)
        inked = 1 - sum(n for n, colour in colours if min(colour) > 250) / (image.width * image.height)
        check(inked > 0.005 and len(colours) > 8, f"{size}: {name} is blank ({inked:.3%} inked)")
        box = chart.evaluate("it => { const svg = it.querySelector('svg, canvas').getBoundingClientRect(), box = it.getBoundingClientRect(); return [svg.width, box.width] }")
        check(abs(box[0] - box[1]) <= 1, f"{size}: {name} is {box[0]} wide in a box of {box[1]}")


def check_width(page, size):
    """The page does not scroll sideways, however much of it is open."""
    wide = "() => document.documentElement.scrollWidth - document.documentElement.clientWidth"
    check(page.evaluate(wide) <= 0, f"{size}: the page is too wide by {page.evaluate(wide)}")
    page.evaluate("() => { document.querySelectorAll('details').forEach(it => it.open = true); document.querySelectorAll('.inside').forEach(it => it.classList.add('open')) }")
    check(page.evaluate(wide) <= 0, f"{size}: all open, the page is too wide by {page.evaluate(wide)}")


def check_keyboard(page):
    """Tab reaches everything that opens, Enter opens it."""
    wanted = page.locator("summary, button.opens").count()
    reached = set()
    page.keyboard.press("Tab")
    check(page.evaluate("() => document.activeElement.className") == "skip", "the first stop is no skip link")
    box = page.locator(".skip").bounding_box()
    check(box["x"] >= 0, "the skip link cannot be seen")
    for _ in range(20 * wanted + 100):
        page.keyboard.press("Tab")
        state = page.evaluate(
            """() => { const it = document.activeElement;
                const all = [...document.querySelectorAll('summary, button.opens')];
                const shown = getComputedStyle(it).outlineStyle;
                return [it.tagName, all.indexOf(it), shown, it === document.body]; }"""
        )
        if state[3]:
            break
        if state[1] < 0 or state[1] in reached:
            continue
        reached.add(state[1])
        check(state[2] != "none", f"focus cannot be seen on {state[0]} {state[1]}")
        page.keyboard.press("Enter")
        is_open = page.evaluate(
            """() => { const it = document.activeElement;
                if (it.tagName === 'SUMMARY') return it.parentElement.open;
                const inside = document.getElementById(it.getAttribute('aria-controls'));
                return it.getAttribute('aria-expanded') === 'true' && inside.offsetHeight > 0; }"""
        )
        check(is_open, f"Enter does not open {state[0]} {state[1]}")
        if state[0] == "BUTTON":
            page.keyboard.press("Enter")
            check(page.evaluate("() => document.activeElement.getAttribute('aria-expanded')") == "false", "Enter does not close")
    same(len(reached), wanted, "what Tab reaches of all that opens")


def check_print(page):
    """On A4 everything is there and nothing is cut off."""
    # The last row of every table, rows inside and closed tables included.
    last = page.evaluate("() => [...document.querySelectorAll('table')].map(it => [it.id, [...it.rows].pop().cells[0].innerText || [...it.rows].pop().cells[1].innerText])")
    inner = page.evaluate("() => [...document.querySelectorAll('.inside')].map(it => [it.id, it.rows[0].cells[0].textContent])")
    made = page.pdf(prefer_css_page_size=True)
    pdf = pypdf.PdfReader(io.BytesIO(made))
    check(len(pdf.pages) > 0, "the PDF has no page")
    size = [round(float(it)) for it in pdf.pages[0].mediabox[2:]]
    check(abs(size[0] - 595) <= 1 and abs(size[1] - 842) <= 1, f"the paper is {size}, not A4")
    # A PDF may name a glyph by another character of its shape: ⾏ for 行, or a radical that stands
    # for no whole character, as ⻰ for 龙. What cannot be told matches anything.
    plain = lambda text: "".join(unicodedata.normalize("NFKC", text).split())
    text = re.sub("[\u2e80-\u2eff]", "?", plain("".join(it.extract_text() for it in pdf.pages)))
    for name, row in last + inner:
        is_there = re.search("".join(f"(?:{re.escape(it)}|\\?)" for it in plain(row)), text)
        check(is_there, f"on paper the row {row!r} of {name} is missing")
    page.set_viewport_size({"width": PAPER, "height": 1000})
    page.emulate_media(media="print")
    # The page has made itself ready for paper when all that was closed is open.
    page.wait_for_function("() => !document.querySelector('details:not([open])')")
    page.wait_for_timeout(300)
    cut = page.evaluate(
        """() => [...document.querySelectorAll('table, th, td, li, .chart svg, p')].filter(it => {
            const box = it.getBoundingClientRect();
            return box.width > 0 && (box.right > innerWidth + 1 || box.left < -1); })
            .map(it => `${it.tagName} ${it.closest('[id]').id} ${Math.round(it.getBoundingClientRect().right)}`)"""
    )
    same(cut[:5], [], "cut off on paper")
    hidden = page.evaluate("() => [...document.querySelectorAll('table')].filter(it => it.offsetHeight === 0).map(it => it.id)")
    same(hidden, [], "tables not shown on paper")
    check(page.locator(".nav").evaluate("it => getComputedStyle(it).display") == "none", "the navigation is on paper")
    return len(pdf.pages)


def check_without_script(browser, url):
    """Without script all tables can be read."""
    context = browser.new_context(java_script_enabled=False, offline=True)
    page = context.new_page()
    page.goto(url)
    # evaluate() runs in a world of its own, also where the page may not.
    closed = page.evaluate("() => [...document.querySelectorAll('.inside')].filter(it => it.offsetHeight === 0).length")
    same(closed, 0, "rows that need script to be seen")
    same(page.evaluate("() => [...document.querySelectorAll('.chart')].filter(it => it.offsetHeight > 0).length"), 0, "empty charts without script")
    context.close()


def look(browser, run, url, size):
    """Opens the page in one size and checks what is to be checked there."""
    width, height = SIZES[size]
    context = browser.new_context(viewport={"width": width, "height": height}, offline=True)
    page = context.new_page()
    page.on("console", lambda it: check(it.type not in ("warning", "error"), f"{size}: console: {it.text}"))
    page.on("pageerror", lambda it: check(False, f"{size}: error: {it}"))
    page.on("request", lambda it: check(it.url == url or it.url.startswith("data:"), f"{size}: asks for {it.url}"))
    page.goto(url)
    seconds = page.evaluate("() => performance.getEntriesByType('navigation')[0].loadEventEnd") / 1000
    check_charts(page, size)
    pages = 0
    if size == "desktop":
        check_structure(page)
        check_figures(page, run)
        check_keyboard(page)
        page.reload()
        pages = check_print(page)
    else:
        check_width(page, size)
    context.close()
    if size == "desktop":
        context = browser.new_context(viewport={"width": width, "height": height}, offline=True)
        page = context.new_page()
        page.goto(url)
        check_width(page, size)
        context.close()
    return seconds, pages


def main():
    run = pathlib.Path(sys.argv[1]).resolve()
    file = run / "report.html"
    check(file.stat().st_size < MOST_BYTES, f"the page has {file.stat().st_size} bytes")
    with sync_playwright() as playwright:
        program = os.environ.get("CHROMIUM", "/usr/bin/chromium")
        browser = playwright.chromium.launch(executable_path=program, args=ARGUMENTS)
        seen = {size: look(browser, run, file.as_uri(), size) for size in SIZES}
        check_without_script(browser, file.as_uri())
        browser.close()
    for it in failures:
        print(f"FAILED {it}")
    if failures:
        sys.exit(f"{len(failures)} things are wrong with {file}")
    times = ", ".join(f"{size} {it[0]:.2f} s" for size, it in seen.items())
    print(f"report.html: {file.stat().st_size} bytes, {seen['desktop'][1]} pages of A4; opened in {times}; its figures are the tables'")


main()
