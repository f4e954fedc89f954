"""How a release looks: the style inside its page, and its PDF as a Typst source."""

__all__ = ["STYLE", "TYPST"]

STYLE = """
:root{color-scheme:light dark;--ink:#1d262d;--soft:#4b5a66;--paper:#fff;--line:#c3ccd3;--mark:#7a1f1f}
@media (prefers-color-scheme:dark){:root{--ink:#eef2f5;--soft:#b9c4cd;--paper:#14191d;--line:#46525c;--mark:#f3b0a8}}
body{margin:0;background:var(--paper);color:var(--ink);font:1rem/1.5 system-ui,sans-serif}
main{max-width:64rem;margin:0 auto;padding:1rem}
h1{font-size:1.75rem;line-height:1.2}h2{font-size:1.25rem;margin-top:2rem}
.marking{font-weight:700;color:var(--mark);text-align:center}
.draft{border:2px solid var(--mark);padding:.5rem;font-weight:700;text-align:center}
.lead{font-size:1.125rem}
dl div{display:flex;flex-wrap:wrap;gap:0 1rem;border-bottom:1px solid var(--line);padding:.25rem 0}
dt{font-weight:700;width:7rem}dd{margin:0;flex:1;min-width:12rem}
.maps{display:flex;flex-wrap:wrap;gap:1rem}
figure{margin:0;flex:1 1 18rem;max-width:30rem}
figure svg{width:100%;height:auto;background:#fff;border:1px solid var(--line)}
figcaption{font-size:.875rem;color:var(--soft)}
.legend{list-style:none;padding:0;display:flex;flex-wrap:wrap;gap:.25rem 1rem}
.legend svg{width:1rem;height:1rem;vertical-align:-.15em;margin-right:.4em}
.wrap{overflow-x:auto;margin:1rem 0}table{border-collapse:collapse;min-width:20rem}
caption{text-align:left;font-weight:700;padding:.25rem 0}
th,td{border-bottom:1px solid var(--line);padding:.2rem .75rem .2rem 0;text-align:left}
td{text-align:right;font-variant-numeric:tabular-nums}.none{color:var(--soft);font-size:.875rem}
@media print{.wrap{overflow:visible}h2,caption{break-after:avoid}tr{break-inside:avoid}}
"""
"""Colours are dark on light or light on dark at 7:1 or more; the map keeps its white ground in both."""

TYPST = """
#let told = json("told.json")
#set document(title: told.title)
#set page(paper: "a4", margin: 18mm,
  header: align(center, text(8pt, weight: "bold", told.marking)),
  footer: context align(center, text(8pt,
    told.marking + "  ·  page " + str(counter(page).get().first()) + " of " + str(counter(page).final().first()))))
#set text(10pt)
#set par(leading: 0.6em)
#show heading.where(level: 1): set text(18pt)
#show heading.where(level: 2): set text(13pt)
#show table.cell.where(y: 0): set text(weight: "bold")
#set table(stroke: (x: none, top: none, bottom: 0.4pt + luma(180)), inset: (x: 4pt, y: 3pt))
#heading(level: 1, told.title)
#if told.draft != "" [#text(weight: "bold", told.draft)]
#par(told.purpose)
#grid(columns: (24mm, 1fr), row-gutter: 2.2mm,
  ..told.standing.map(((name, words)) => (text(weight: "bold", name), words)).flatten())
#heading(level: 2, "How to read it")
#for one in told.reading { par(one) }
#heading(level: 2, "Maps")
#let swatch(words, fill, edge) = box[#box(width: 3.6mm, height: 3.6mm, baseline: 15%, fill: rgb(fill),
  stroke: (paint: rgb("#4b5a66"), thickness: 0.6pt, dash: edge)) #words]
#par(told.legend.enumerate().map(((at, one)) =>
  swatch(one.first(), one.last(), if at == told.legend.len() - 1 { "dotted" } else { "solid" })).join(h(5mm)))
#grid(columns: (1fr, 1fr), column-gutter: 6mm, row-gutter: 5mm, ..told.maps.map(one =>
  figure(image(one.file, width: 100%, alt: "Map: " + one.title + ". Its numbers are in the tables."),
    caption: one.title, supplement: none, numbering: none)))
#heading(level: 2, "Tables")
// A long table lists the areas that have a number; the others are named below it, all withheld alike.
#let withheld-all(row) = row.slice(1).all(one => one == told.legend.last().first())
#let many = 12
#let one-table(one, rows) = {
  heading(level: 3, one.caption)
  par(one.counts)
  if rows.len() > 0 {
    table(columns: (1fr,) + (auto,) * (one.head.len() - 1), align: (x, y) => if x == 0 { left } else { right },
      table.header(..one.head), ..rows.flatten())
  }
}
#for one in told.tables {
  let gone = if one.rows.len() > many { one.rows.filter(withheld-all) } else { () }
  let rows = if gone.len() > 0 { one.rows.filter(row => not withheld-all(row)) } else { one.rows }
  block(breakable: rows.len() > 3 * many, width: 100%, one-table(one, rows))
  let places = gone.map(row => row.first().split(", ").last()).dedup()
  for place in places {
    let names = gone.map(row => row.first().split(", ")).filter(name => name.last() == place)
    par[#text(weight: "bold", "Withheld in " + place + ":") #names.map(name => name.first()).join(", ").]
  }
}
#heading(level: 2, "Who to ask")
#par(told.ask)
#heading(level: 2, "Where the numbers come from")
#list(..told.sources)
#par(told.last)
"""
