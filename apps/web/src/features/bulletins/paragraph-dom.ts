import type { BulletinRun, FieldRun } from '@zhidu/domain'

export type RunState = 'same' | 'changed' | 'stale' | 'gone'

/** What a chip is drawn by. */
export interface ChipLook {
  readonly stateOf: (field: FieldRun) => RunState
  readonly labelOf: (field: FieldRun, state: RunState) => string
}

function toChip(field: FieldRun, { labelOf, stateOf }: ChipLook): HTMLElement {
  const chip = document.createElement('span')
  const state = stateOf(field)
  chip.className = `figure is-${state}`
  chip.contentEditable = 'false'
  chip.tabIndex = 0
  chip.setAttribute('role', 'button')
  chip.setAttribute('aria-label', labelOf(field, state))
  chip.dataset['key'] = field.key
  chip.dataset['version'] = String(field.version)
  if (field.reason !== null) chip.dataset['reason'] = field.reason
  chip.textContent = field.text
  return chip
}

/** Fills an editable paragraph: text as text, figures as chips that are taken or left whole. */
export function showRuns(place: HTMLElement, runs: readonly BulletinRun[], look: ChipLook): void {
  place.replaceChildren(
    ...runs.map((run) => (run.kind === 'text' ? document.createTextNode(run.text) : toChip(run, look))),
  )
}

function toField(chip: HTMLElement): FieldRun | null {
  const { key, reason, version } = chip.dataset
  if (key === undefined || version === undefined) return null
  return { kind: 'field', key, version: Number(version), text: chip.textContent ?? '', reason: reason ?? null }
}

function readNode(node: ChildNode): BulletinRun[] {
  if (node.nodeType === Node.TEXT_NODE) return [{ kind: 'text', text: node.textContent ?? '' }]
  if (!(node instanceof HTMLElement)) return []
  const field = toField(node)
  if (field !== null) return [field]
  // What a browser puts in for a line end.
  return node.tagName === 'BR' ? [] : [...node.childNodes].flatMap(readNode)
}

/** What stands in an editable paragraph: neighbouring texts as one, no empty ones, no line ends. */
export function readRuns(place: HTMLElement): BulletinRun[] {
  const runs: BulletinRun[] = []
  for (const run of [...place.childNodes].flatMap(readNode)) {
    const last = runs.at(-1)
    if (run.kind === 'field') runs.push(run)
    else {
      const text = run.text.replace(/[\r\n\u00a0]+/g, ' ')
      if (text === '') continue
      if (last?.kind === 'text') runs[runs.length - 1] = { kind: 'text', text: last.text + text }
      else runs.push({ kind: 'text', text })
    }
  }
  return runs
}
