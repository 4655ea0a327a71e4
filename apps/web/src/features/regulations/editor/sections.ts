/** Sections of the editor, in the order in which a method is written. */
export const SECTIONS = [
  'basics',
  'deadlines',
  'followUps',
  'completeness',
  'dimensions',
  'deductions',
  'bonus',
  'grades',
  'filing',
  'phoneCheck',
  'dueProcess',
] as const
export type Section = (typeof SECTIONS)[number]

const SECTION_OF: Readonly<Record<string, Section>> = {
  clauses: 'basics',
  title: 'basics',
  source: 'basics',
  notice: 'basics',
  clocks: 'deadlines',
  preReport: 'deadlines',
  workload: 'dimensions',
  items: 'dimensions',
  total: 'dimensions',
  absorbingMisreports: 'bonus',
  understatement: 'bonus',
  honestCorrection: 'bonus',
  lists: 'bonus',
  dutyLog: 'bonus',
  vetoes: 'grades',
  commendation: 'grades',
  groups: 'grades',
}

/** Where a part of the document is edited. */
export function sectionOf(part: string): Section {
  return SECTION_OF[part] ?? SECTIONS.find((section) => section === part) ?? 'basics'
}
