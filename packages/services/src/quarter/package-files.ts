import { createHash } from 'node:crypto'
import { toCanonicalJson } from '@zhidu/audit'
import { FrozenManifest, type ManifestFile } from '@zhidu/contract'
import { compareCodePoints, FACT_KINDS, type FactKind } from '@zhidu/domain'

export const MANIFEST_FILE = 'manifest.json'
/** Where, when and by whom it was frozen; nothing of it is hashed. */
export const RECORD_FILE = 'record.json'
export const REGULATION_FILE = 'regulation.json'
export const CALENDAR_FILE = 'calendar.json'
export const UNITS_FILE = 'units.jsonl'
export const PREVIOUS_RANKS_FILE = 'previous-ranks.jsonl'
/** What a supplement changed of the version before. */
export const DIFFERENCE_FILE = 'difference.jsonl'
export const GROUPS_FILE = 'results/groups.json'
/** What each unit in the tables comes to, and its place. */
export const SUMMARIES_FILE = 'results/units.jsonl'

export function factsFile(kind: FactKind): string {
  return `facts/${kind}.jsonl`
}

export const FACT_FILES: readonly string[] = FACT_KINDS.map(factsFile)

/** The table of the n-th peer group; the name of a group may hold what names of files may not. */
export function leagueFile(index: number): string {
  return `results/league-${String(index + 1).padStart(3, '0')}.json`
}

/** Files that are computed from the others. */
export function isResultFile(name: string): boolean {
  return name.startsWith('results/')
}

export function sha256Hex(content: string | Uint8Array): string {
  return createHash('sha256').update(content).digest('hex')
}

/** Where the random numbers of statistics over the quarter begin. */
export function seedOf(files: readonly ManifestFile[]): string {
  const facts = files.filter(({ name }) => FACT_FILES.includes(name))
  return sha256Hex(facts.map(({ name, sha256 }) => `${sha256} ${name}\n`).join(''))
}

export function sortFiles(files: readonly ManifestFile[]): ManifestFile[] {
  return files.toSorted((a, b) => compareCodePoints(a.name, b.name))
}

/** The exact text that is hashed. */
export function toManifestText(manifest: FrozenManifest): string {
  return `${toCanonicalJson(manifest)}\n`
}

/** Null for a text that is no manifest as this program writes one. */
export function parseManifest(text: string): FrozenManifest | null {
  try {
    const parsed = FrozenManifest.safeParse(JSON.parse(text))
    return parsed.success && toManifestText(parsed.data) === text ? parsed.data : null
  } catch {
    return null
  }
}
