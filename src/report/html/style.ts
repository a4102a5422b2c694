/** How the report looks: in light and dark, wide and narrow, on paper. Texts contrast by 4.5 and more. */
export const STYLE = `
:root{color-scheme:light dark;--page:#f6f7f9;--card:#fff;--text:#1b1f24;--soft:#525b66;--line:#d5dae1;--good:#116329;--fair:#7a4b00;--bad:#b3161f;--good-back:#dff5e5;--fair-back:#fdf0d0;--bad-back:#fde4e4;--code:#eceff3;
--acknowledged:#1f6feb;--throttled:#b97800;--failed:#c2571a;--unanswered:#8250df;--refused:#cf222e;--look-up:#6e7781;--waiting:#a9781f;--limit:#cf222e;--line-1:#1f6feb;--line-2:#8250df;--line-3:#1a7f37;--line-4:#9a6700}
@media (prefers-color-scheme:dark){:root{--page:#0f1317;--card:#171c22;--text:#e6ebf0;--soft:#a3aebb;--line:#333c47;--good:#7ee2a0;--fair:#f2cc60;--bad:#ff9a97;--good-back:#12341f;--fair-back:#3b2e0c;--bad-back:#47191b;--code:#262e37;
--acknowledged:#5aa2ff;--throttled:#e3b341;--failed:#f0883e;--unanswered:#b88cff;--refused:#ff7b72;--look-up:#8b96a3;--waiting:#d9a93f;--limit:#ff7b72;--line-1:#5aa2ff;--line-2:#b88cff;--line-3:#56d364;--line-4:#e3b341}}
*{box-sizing:border-box}
body{margin:0;background:var(--page);color:var(--text);font:16px/1.5 system-ui,-apple-system,"Segoe UI",Roboto,"Open Sans",sans-serif;overflow-wrap:anywhere}
main{max-width:72rem;margin:0 auto;padding:2rem 1.5rem 4rem}
h1{margin:0 0 .75rem;font-size:2rem;line-height:1.2}
h2{margin:0 0 1rem;font-size:1.25rem}
p{margin:0 0 .75rem}
header{margin-bottom:2rem}
.kind,.when{color:var(--soft);margin:0 0 .25rem}
header .said{font-size:1.15rem}
.status{display:inline-block;padding:.05rem .6rem;margin-right:.35rem;border-radius:1rem;font-size:1rem}
.good{color:var(--good);background:var(--good-back)}
.fair{color:var(--fair);background:var(--fair-back)}
.bad{color:var(--bad);background:var(--bad-back)}
section{background:var(--card);border:1px solid var(--line);border-radius:.6rem;padding:1.25rem 1.5rem;margin:0 0 1.25rem}
section>:last-child{margin-bottom:0}
ul.said{margin:0;padding-left:1.2rem}
ul.said li{margin:0 0 .4rem}
code{font:.92em ui-monospace,SFMono-Regular,Menlo,Consolas,monospace;background:var(--code);padding:.05em .3em;border-radius:.25em}
.name{font:.92em ui-monospace,SFMono-Regular,Menlo,Consolas,monospace;color:var(--soft)}
.figures{display:grid;grid-template-columns:repeat(auto-fill,minmax(9.5rem,1fr));gap:1rem 1.5rem;margin:0}
.figures div{display:flex;flex-direction:column-reverse;justify-content:flex-end}
.figures dt{color:var(--soft);font-size:.9rem}
.figures dd{margin:0;font-size:1.6rem;font-weight:600;line-height:1.2;font-variant-numeric:tabular-nums}
table{width:100%;border-collapse:collapse;margin:0 0 1.5rem;font-size:.92rem}
caption{text-align:left;color:var(--soft);padding:0 0 .5rem}
th,td{text-align:left;vertical-align:top;padding:.4rem .9rem .4rem 0;border-bottom:1px solid var(--line);font-weight:400}
th:last-child,td:last-child{padding-right:0}
thead th{color:var(--soft);font-size:.85rem;vertical-align:bottom}
thead th:not(.count){min-width:5.5rem}
tbody th{font-weight:600;min-width:9rem}
.count{text-align:right;font-variant-numeric:tabular-nums;overflow-wrap:normal}
.none{color:var(--soft)}
figure{margin:0 0 1.25rem}
figcaption{color:var(--soft);font-size:.92rem;margin:0 0 .4rem}
.legend{list-style:none;display:flex;flex-wrap:wrap;gap:.2rem 1.2rem;margin:0 0 .75rem;padding:0;font-size:.9rem}
.legend svg{width:.8em;height:.8em;margin-right:.4em}
.plot{display:grid;grid-template-columns:auto minmax(0,1fr);column-gap:.6rem}
.scale{display:flex;flex-direction:column;justify-content:space-between;text-align:right;color:var(--soft);font-size:.8rem;line-height:1;height:11rem;font-variant-numeric:tabular-nums}
.area{width:100%;height:11rem;overflow:visible}
.strip{grid-column:2;width:100%;height:.6rem;margin-top:.35rem}
.axis{grid-column:2;display:flex;justify-content:space-between;color:var(--soft);font-size:.8rem;padding-top:.3rem}
.plot path{fill:none;vector-effect:non-scaling-stroke;stroke-width:2}
.plot path.grid{stroke:var(--line);stroke-width:1}
.plot path.limit{stroke:var(--limit);stroke-dasharray:6 4}
.plot path.line-1{stroke:var(--line-1)}.plot path.line-2{stroke:var(--line-2);stroke-dasharray:9 3}.plot path.line-3{stroke:var(--line-3);stroke-dasharray:3 3}.plot path.line-4{stroke:var(--line-4);stroke-dasharray:12 3 3 3}
rect.acknowledged{fill:var(--acknowledged)}rect.throttled{fill:var(--throttled)}rect.failed{fill:var(--failed)}rect.unanswered{fill:var(--unanswered)}rect.refused{fill:var(--refused)}rect.look-up{fill:var(--look-up)}rect.waiting{fill:var(--waiting)}
rect.limit{fill:var(--limit)}rect.line-1{fill:var(--line-1)}rect.line-2{fill:var(--line-2)}rect.line-3{fill:var(--line-3)}rect.line-4{fill:var(--line-4)}
summary{cursor:pointer;color:var(--soft);margin-bottom:.5rem}
summary:focus-visible{outline:2px solid var(--acknowledged);outline-offset:2px}
@media (max-width:48rem){main{padding:1rem .75rem 3rem}section{padding:1rem}h1{font-size:1.6rem}
table,caption,tbody,tr,th,td{display:block}thead{position:absolute;width:1px;height:1px;overflow:hidden;clip-path:inset(50%)}
tbody tr{border:1px solid var(--line);border-radius:.4rem;padding:.5rem .75rem;margin:0 0 .6rem}
tbody th,tbody td{border:0;padding:.1rem 0}
tbody td{display:flex;gap:1rem;justify-content:space-between;text-align:right}
tbody td:not(.count){display:block;text-align:left}
tbody td::before{content:attr(data-label);color:var(--soft);text-align:left}
tbody td:not(.count)::before{display:inline;margin-right:.5rem}
td.none{display:none}}
@media print{:root{--page:#fff;--card:#fff}main{max-width:none;padding:0}section{break-inside:auto;border:0;padding:0}tr,figure{break-inside:avoid}details>*{display:block}}
`;
