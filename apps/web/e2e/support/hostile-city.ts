import type { Kind } from '@zhidu/contract'

/** What somebody might type into a field to have it run on another's screen. `owned` is what it would set. */
export const HOSTILE = [
  `<img src=x onerror="window.owned=1">`,
  `"><svg onload="window.owned=2">`,
  `'-(window.owned=3)-'`,
  `{{constructor.constructor('window.owned=4')()}}`,
  `javascript:window.owned=5`,
  `</script><script>window.owned=6</script>`,
  `\${window.owned=7}`,
  `<a href="javascript:window.owned=8" onmouseover="window.owned=8">x</a>`,
  `{name|<b onclick="window.owned=9">}`,
  `<iframe srcdoc="<script>parent.owned=10</script>">`,
] as const

function toCsv(rows: readonly (readonly string[])[]): string {
  return rows.map((row) => `${row.map((cell) => `"${cell.replaceAll('"', '""')}"`).join(',')}\n`).join('')
}

export const TOP = 'J00'
const GROUP = `组${HOSTILE[0]}`

/** Codes are kept as typed, so that they are as hostile as names. */
export const UNIT_CODES = HOSTILE.map((text, index) => `U${index}${text}`.slice(0, 100))
export const EVENT_CODES = HOSTILE.map((text, index) => `S${index}${text}`.slice(0, 100))
export const CHECK_CODES = HOSTILE.map((text, index) => `K${index}${text}`.slice(0, 100))
export const HOSTILE_GROUP = GROUP

/** A city whose every text is hostile, with late reports, failed checks and misreports, so that every table has rows. */
export function hostileFiles(): readonly { readonly kind: Kind; readonly text: string }[] {
  const each = <T>(make: (text: string, index: number) => T): T[] => HOSTILE.map(make)
  const units = [
    ['unit_code', 'name', 'short_name', 'parent_code', 'tier', 'peer_group', 'duty_mode'],
    [TOP, `市${HOSTILE[0]}`, HOSTILE[1], '', 'city', '本级', 'room'],
    ...each((text, n) => [
      UNIT_CODES[n] ?? '',
      `${n}${text}`,
      `短${n}${text}`.slice(0, 50),
      TOP,
      'county',
      GROUP,
      'room',
    ]),
  ]
  const reports = [
    'event_code,unit_code,stage,sequence,category,level,occurred_at,learned_at,phoned_at,written_at,elements'.split(
      ',',
    ),
    ...each((_, n) => [
      EVENT_CODES[n] ?? '',
      UNIT_CODES[n] ?? '',
      'first',
      '0',
      'accident',
      'IV',
      '2026-08-01 08:00',
      '2026-08-01 08:10',
      '',
      '2026-08-01 13:00',
      'source',
    ]),
  ]
  const checks = [
    'check_code,unit_code,method,checked_at,inspectors,findings,note'.split(','),
    ...each((text, n) => [
      CHECK_CODES[n] ?? '',
      UNIT_CODES[n] ?? '',
      'phone',
      '2026-08-03 10:00',
      text.replaceAll(/[;；]/g, ' '),
      'no_answer',
      text,
    ]),
  ]
  const misreports = [
    'misreport_code,unit_code,kind,confirmed_on,basis'.split(','),
    ...each((text, n) => [`M${n}${text}`.slice(0, 100), UNIT_CODES[n] ?? '', 'false', '2026-08-05', text]),
  ]
  return [
    { kind: 'units', text: toCsv(units) },
    { kind: 'reports', text: toCsv(reports) },
    { kind: 'checks', text: toCsv(checks) },
    { kind: 'misreports', text: toCsv(misreports) },
  ]
}
