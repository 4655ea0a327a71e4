import type { CertificateFile } from '../src/certificate/certificate.ts'
import { toHeadHash, toShortId } from '../src/certificate/qr-text.ts'
import { listVisits } from '../src/certificate/substitution.ts'
import type { DrawPool } from '../src/pool/pool.ts'
import { tabulateInclusion } from '../src/selection/tabulate-inclusion.ts'
import { type DrawReport, verifyDraw } from '../src/verify/verify-draw.ts'
import { listSentences, VERIFY_WORDS } from '../src/verify/verify-words.ts'

const SLOTS = ['pool', 'certificate', 'key'] as const
type Slot = (typeof SLOTS)[number]

const files = new Map<Slot, Uint8Array>()
let language: 'zh-CN' | 'en' = /^zh/i.test(navigator.language) ? 'zh-CN' : 'en'

function at(id: string): HTMLElement {
  const found = document.getElementById(id)
  if (found === null) throw new RangeError(id)
  return found
}

function element(tag: string, text: string, className = ''): HTMLElement {
  const made = document.createElement(tag)
  made.textContent = text
  if (className !== '') made.className = className
  return made
}

function tableOf(
  header: readonly string[],
  rows: readonly { cells: readonly string[]; outcome?: string }[],
): HTMLElement {
  const table = element('table', '')
  const [head, body] = [element('thead', ''), element('tbody', '')]
  const line = element('tr', '')
  for (const text of header) {
    const cell = element('th', text)
    cell.setAttribute('scope', 'col')
    line.append(cell)
  }
  head.append(line)
  for (const { cells, outcome } of rows) {
    const row = element('tr', '')
    if (outcome !== undefined) row.setAttribute('data-outcome', outcome)
    row.append(...cells.map((text) => element('td', text)))
    body.append(row)
  }
  table.append(head, body)
  return table
}

function visitRows(pool: DrawPool, file: CertificateFile): { cells: string[] }[] {
  const words = VERIFY_WORDS[language]
  const names = new Map(pool.units.map(({ id, name }) => [id, name]))
  const people = new Map(pool.inspectors.map(({ id, name }) => [id, name]))
  const wholeOdds = tabulateInclusion(pool)
  const slips = new Map(
    file.certificate.strata.flatMap(({ chosen, substitutes }) =>
      [...chosen, ...substitutes].map((one) => [one.unit, one.slips] as const),
    ),
  )
  return [...listVisits(pool, file)].map(([id, pair]) => {
    const odds = slips.get(id)
    const team = pair?.map((who) => people.get(who) ?? who).join(' · ')
    return {
      cells: [
        `${names.get(id) ?? ''} (${id})`,
        odds === null || odds === undefined ? words.due : `${odds[0]} / ${odds[1]}`,
        `${(100 * (wholeOdds.get(id) ?? 0)).toFixed(1)} %`,
        team ?? (pool.inspectors.length > 0 ? words.noPair : '–'),
      ],
    }
  })
}

function substitutionRows({ substitutions }: CertificateFile): { cells: string[] }[] {
  const { nobodyLeft } = VERIFY_WORDS[language]
  return substitutions.map((one) => ({ cells: [one.at, one.out, one.in ?? nobodyLeft, one.reason, one.by] }))
}

function show({ file, isGenuine, pool, steps }: DrawReport, sentences: readonly string[]): void {
  const words = VERIFY_WORDS[language]
  const report = at('report')
  report.className = isGenuine ? 'passed' : 'failed'
  report.textContent = ''
  report.append(...sentences.map((text, index) => element('p', text, index === 0 ? 'verdict' : '')))
  if (file !== null) report.append(element('p', words.certificateNumber(toShortId(file), toHeadHash(file))))
  const rows = steps.map(({ detail, outcome, step }) => ({
    cells: [words.steps[step], words.outcomes[outcome], detail ?? ''],
    outcome,
  }))
  report.append(tableOf([words.step, words.outcome, words.detail], rows))
  if (file !== null && file.substitutions.length > 0) {
    const header = [words.time, words.out, words.standIn, words.reason, words.by]
    report.append(element('h2', words.substitutions), tableOf(header, substitutionRows(file)))
  }
  if (!isGenuine || file === null || pool === null) return
  report.append(
    element('h2', words.visits),
    tableOf([words.unit, words.odds, words.wholeOdds, words.inspectors], visitRows(pool, file)),
  )
}

function verifyWhenThere(): void {
  const [pool, certificate, key] = SLOTS.map((slot) => files.get(slot))
  if (pool === undefined || certificate === undefined) return
  const keys = key === undefined ? null : new TextDecoder().decode(key)
  const report = verifyDraw({ pool, certificate, keys })
  show(report, listSentences(report, VERIFY_WORDS[language]))
}

function word(): void {
  const words = VERIFY_WORDS[language]
  document.documentElement.lang = language
  document.title = words.heading
  at('heading').textContent = words.heading
  at('language').textContent = language === 'en' ? VERIFY_WORDS['zh-CN'].thisLanguage : VERIFY_WORDS.en.thisLanguage
  for (const slot of SLOTS) if (!files.has(slot)) at(`${slot}-name`).textContent = words.notChosen
  for (const slot of SLOTS) at(`${slot}-choose`).textContent = words.chooseFile
  at('intro').textContent = words.intro
  at('choose').textContent = words.choose
  at('pool-label').textContent = words.poolFile
  at('certificate-label').textContent = words.certificateFile
  at('key-label').textContent = words.keyFile
  verifyWhenThere()
}

/** By what stands in it: a certificate has a signature line, a key file is short and has the form of a key. */
function slotOf(bytes: Uint8Array): Slot {
  const text = new TextDecoder().decode(bytes.subarray(0, 4_000_000))
  if (text.includes('\n— ')) return 'certificate'
  return /^\S+\+[0-9a-f]{8}\+\S+\s*$/m.test(text.slice(0, 1_000)) ? 'key' : 'pool'
}

async function take(file: File, slot: Slot | null): Promise<void> {
  try {
    const bytes = new Uint8Array(await file.arrayBuffer())
    const place = slot ?? slotOf(bytes)
    files.set(place, bytes)
    at(`${place}-name`).textContent = file.name
  } catch {
    at('report').textContent = VERIFY_WORDS[language].unreadable(file.name)
  }
}

async function takeAll(taken: Iterable<File>, slot: Slot | null): Promise<void> {
  for (const file of taken) await take(file, slot)
  verifyWhenThere()
}

for (const slot of SLOTS) {
  at(slot).addEventListener('change', (event) => {
    const input = event.target
    if (!(input instanceof HTMLInputElement) || input.files === null) return
    files.delete(slot)
    at(`${slot}-name`).textContent = VERIFY_WORDS[language].notChosen
    at('report').textContent = ''
    void takeAll(Array.from(input.files), slot)
  })
}

document.addEventListener('dragover', (event) => {
  event.preventDefault()
  at('drop').className = 'over'
})
document.addEventListener('drop', (event) => {
  event.preventDefault()
  at('drop').className = ''
  void takeAll(Array.from(event.dataTransfer?.files ?? []), null)
})
at('language').addEventListener('click', () => {
  language = language === 'en' ? 'zh-CN' : 'en'
  word()
})
word()
