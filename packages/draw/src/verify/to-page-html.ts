import { sha256 } from '../bytes/sha256.ts'
import { toBase64, toUtf8 } from '../bytes/text.ts'

const STYLE = `
*{box-sizing:border-box}
body{margin:0 auto;max-width:60rem;padding:1rem 1.25rem 3rem;font:16px/1.6 "PingFang SC","Microsoft YaHei","Noto Sans SC",sans-serif;color:#1b1e23;background:#fff;overflow-wrap:anywhere}
header{display:flex;flex-wrap:wrap;align-items:baseline;justify-content:space-between;border-bottom:2px solid #1b1e23}
h1{font-size:1.5rem;margin:.5rem 0}
h2{font-size:1.125rem;margin:1.5rem 0 .5rem}
p{margin:.5rem 0}
button{font:inherit;color:#1d5a9e;background:none;border:1px solid #1d5a9e;border-radius:3px;padding:.25rem .75rem;cursor:pointer}
#drop{border:2px dashed #7690ae;border-radius:4px;padding:1rem;margin:1rem 0;background:#f6f5f2}
#drop.over{background:#e7eff8}
label{display:block;margin:.5rem 0}
label span{display:inline-block;min-width:9rem}
label{position:relative}
input{position:absolute;opacity:0;width:100%;height:100%;left:0;top:0;cursor:pointer}
i{display:inline-block;font-style:normal;color:#1d5a9e;background:#fff;border:1px solid #1d5a9e;border-radius:3px;padding:.1rem .75rem;margin-right:.5rem}
input:focus-visible+i,button:focus-visible{outline:3px solid #1d5a9e;outline-offset:2px}
.verdict{font-weight:700;padding:.5rem .75rem;border-left:4px solid}
.passed .verdict{border-color:#13755a;color:#13755a}
.failed .verdict{border-color:#b64a0c;color:#b64a0c}
table{border-collapse:collapse;width:100%;font-variant-numeric:tabular-nums}
th,td{text-align:left;vertical-align:top;padding:.3rem .75rem .3rem 0;border-bottom:1px solid #e8e6e1}
th{color:#4c5159;font-weight:600}
tr[data-outcome=failed] td{color:#b64a0c;font-weight:700}
tr[data-outcome=open] td{color:#686d76}
@media print{#drop,button{display:none}}
`

function hashSource(text: string): string {
  return `'sha256-${toBase64(sha256(toUtf8(text)))}'`
}

/** What the page may do, as a content security policy: its own script and style, nothing in, nothing out. */
export function toPagePolicy(script: string): string {
  return [
    "default-src 'none'",
    `script-src ${hashSource(script)}`,
    `style-src ${hashSource(STYLE)}`,
    "base-uri 'none'",
    "form-action 'none'",
  ].join('; ')
}

/** The whole page in one file, under its own policy. */
export function toPageHtml(script: string): string {
  if (/<\/script|<!--/i.test(script)) throw new RangeError('the script would end early')
  const policy = toPagePolicy(script)
  return `<!doctype html>
<html lang="zh-CN">
<head>
<meta charset="utf-8">
<meta http-equiv="Content-Security-Policy" content="${policy}">
<meta name="viewport" content="width=device-width,initial-scale=1">
<title>zhidu draw</title>
<style>${STYLE}</style>
</head>
<body>
<header><h1 id="heading"></h1><button id="language" type="button"></button></header>
<main>
<p id="intro"></p>
<section id="drop" aria-labelledby="choose">
<p id="choose"></p>
<label><span id="pool-label"></span> <input id="pool" type="file"><i id="pool-choose"></i> <b id="pool-name"></b></label>
<label><span id="certificate-label"></span> <input id="certificate" type="file"><i id="certificate-choose"></i> <b id="certificate-name"></b></label>
<label><span id="key-label"></span> <input id="key" type="file"><i id="key-choose"></i> <b id="key-name"></b></label>
</section>
<div id="report" role="status"></div>
</main>
<script>${script}</script>
</body>
</html>
`
}
