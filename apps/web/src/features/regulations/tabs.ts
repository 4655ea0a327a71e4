export const TABS = ['card', 'edit', 'whatIf', 'diff'] as const
/** What of a version is shown; the form and what-if are for drafts and those who write them. */
export type Tab = (typeof TABS)[number]
