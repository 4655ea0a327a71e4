import type { MeetingEvidence } from '@zhidu/domain'

/** Where an item's evidence is looked up; `quarter`: of the meeting. A decision stands on the page itself. */
export function evidencePath({ kind, ref }: MeetingEvidence, quarter: string): string {
  switch (kind) {
    case 'unit':
      return `/units/${encodeURIComponent(ref)}?quarter=${quarter}`
    case 'league':
      return `/league?quarter=${quarter}&group=${encodeURIComponent(ref)}`
    case 'case':
      return `/cases/${ref}`
    case 'cases':
      return `/cases?view=all&finding=${ref}`
    case 'decision':
      return '?tab=decisions'
  }
}
