extension TestPage {
  /// Colours, light and dark, and on paper.
  static let style = """
    :root{color-scheme:light dark;--paper:light-dark(#fbfbfa,#131517);--raised:light-dark(#fff,#1a1d20);\
    --ink:light-dark(#191c1f,#e7e9ea);--soft:light-dark(#565d64,#a3abb2);--line:light-dark(#e2e4e4,#2a2f33);\
    --good:light-dark(#1a6b3c,#6fcf97);--bad:light-dark(#b3261e,#ff8a80);--warn:light-dark(#8a5300,#e6b45c);\
    --before:light-dark(#8b949b,#7d868d);--after:light-dark(#0b6e6a,#6cc7bd)}\
    *{box-sizing:border-box}body{margin:0;font:16px/1.5 system-ui,"Noto Sans KR","Noto Sans CJK KR",sans-serif;\
    color:var(--ink);background:var(--paper)}header,main{max-width:60rem;margin:0 auto;padding:1rem clamp(1rem,3vw,2rem)}\
    h1{font-size:1.5rem;margin:.5rem 0}.sum span{margin-right:1.5rem;color:var(--soft)}.sum b{font-size:1.5rem;\
    color:var(--ink);font-variant-numeric:tabular-nums}.sum .passed b{color:var(--good)}.sum .failed b,.sum .untested b{color:var(--bad)}\
    .sum .warned b{color:var(--warn)}h2{font-size:1.1rem;margin:2rem 0 0;overflow-wrap:anywhere}.soft{color:var(--soft);margin:.2rem 0}\
    article{background:var(--raised);border:1px solid var(--line);border-left:4px solid var(--good);border-radius:6px;\
    padding:.6rem .9rem;margin:.6rem 0;break-inside:avoid}article.failed,article.untested{border-left-color:var(--bad)}\
    article.warned{border-left-color:var(--warn)}.line{display:flex;flex-wrap:wrap;gap:.2rem .8rem;align-items:baseline}\
    .mark{font-weight:700;color:var(--good)}.failed .mark,.untested .mark{color:var(--bad)}.warned .mark{color:var(--warn)}\
    h3{font:inherit;font-weight:600;margin:0;overflow-wrap:anywhere}.found{color:var(--soft);overflow-wrap:anywhere}\
    code{font-family:ui-monospace,"DejaVu Sans Mono","Noto Sans Mono CJK KR",monospace;font-size:.9em;overflow-wrap:anywhere}\
    table{border-collapse:collapse;margin:.4rem 0;font-size:.95rem}th{font-weight:400;color:var(--soft);text-align:left;\
    padding:.1rem 1rem .1rem 0;white-space:nowrap;font-variant-numeric:tabular-nums}td{padding:.1rem 0}\
    summary{cursor:pointer;margin:.8rem 0;color:var(--good)}figure{margin:.6rem 0 0;overflow-x:auto}figcaption{font-size:.85rem;\
    color:var(--soft)}figcaption i{display:inline-block;width:.8em;height:.8em;border-radius:2px;margin:0 .4em 0 .8em}\
    svg{width:100%;max-width:32rem;height:auto;min-width:18rem}svg text{font-size:12px;fill:var(--soft);\
    font-variant-numeric:tabular-nums}\
    .shares{display:flex;gap:2px;height:.6rem;margin:.2rem 0 1rem}.shares i{border-radius:2px;min-width:3px;background:var(--good)}\
    .shares .failed,.shares .untested{background:var(--bad)}.shares .warned{background:var(--warn)}\
    nav td{padding:.1rem 1rem .1rem 0}nav a{color:inherit}nav .count{white-space:nowrap;color:var(--good)}\
    nav .failed,nav .untested{color:var(--bad)}nav .warned{color:var(--warn)}\
    .before{fill:var(--before);background:var(--before)}.after{fill:var(--after);background:var(--after)}\
    path.before,path.after{fill:none;stroke-width:2;background:none}path.before{stroke:var(--before)}path.after{stroke:var(--after)}\
    rect.miss{fill:var(--bad)}.range{stroke:var(--ink);stroke-width:1.5}\
    .axis{stroke:var(--line)}.gap{stroke:var(--bad);stroke-width:2;stroke-dasharray:4 3}\
    @media print{:root{color-scheme:light}details::details-content{content-visibility:visible}body{font-size:12px}}
    """
}
