import type { FrozenRef, Provenance } from '@zhidu/contract'
import type { ExportLanguage } from './exported-file.ts'
import { LEAGUE_SHEET_WORDS } from './league-sheet-words.ts'

function minuteOf(instant: string): string {
  return instant.slice(0, 16).replace('T', ' ')
}

interface FrozenWords {
  readonly told: (frozen: FrozenRef) => string
  readonly apart: (frozen: FrozenRef) => string
}

const WORDS: Readonly<Record<ExportLanguage, FrozenWords>> = {
  'zh-CN': {
    told: (frozen) =>
      `已冻结 第 ${frozen.version} 版，${minuteOf(frozen.frozenAt)}，${frozen.frozenBy}，清单 SHA-256 ${frozen.manifestSha256}`,
    apart: (frozen) =>
      `本季已冻结（第 ${frozen.version} 版，清单 SHA-256 ${frozen.manifestSha256}）；本表列的是现在的事实，可能与冻结时不同`,
  },
  en: {
    told: (frozen) =>
      `Frozen, version ${frozen.version}, ${minuteOf(frozen.frozenAt)}, ${frozen.frozenBy}, manifest SHA-256 ${frozen.manifestSha256}`,
    apart: (frozen) =>
      `The quarter is frozen (version ${frozen.version}, manifest SHA-256 ${frozen.manifestSha256}); this sheet lists present facts, which may differ`,
  },
}

/** Head of every sheet: as of when, by which rules and method, and which frozen version is told or lies beside. */
export function provenanceLine(provenance: Provenance, language: ExportLanguage): string {
  const { frozen, frozenApart, methodVersion } = provenance
  const { notice, title } = provenance.regulation
  const asOf = provenance.asOf.slice(0, 19).replace('T', ' ')
  const rules = notice === null ? title : `${title}（${notice}）`
  const line = LEAGUE_SHEET_WORDS[language].provenance(asOf, rules, methodVersion)
  const { apart, told } = WORDS[language]
  const join = language === 'en' ? '. ' : '。'
  if (frozen !== undefined) return `${line}${join}${told(frozen)}`
  return frozenApart === undefined ? line : `${line}${join}${apart(frozenApart)}`
}
