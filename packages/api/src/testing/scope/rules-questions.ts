import type { Registered } from './question-parts.ts'

/** The version that the program brings. */
const SAMPLE_RULES = { id: 'sample', version: '2026-1' }

/** Every procedure of regulations. */
export const RULES_PROCEDURES: Readonly<Record<string, Registered>> = {
  'rules.list': { type: 'query', inputs: () => [] },
  'rules.work': { type: 'query', inputs: () => [] },
  'rules.get': { type: 'query', ofInstallation: ['id'], inputs: () => [SAMPLE_RULES, { id: 'nothing', version: '1' }] },
  'rules.createDraft': { type: 'mutation', ofInstallation: ['id'], inputs: () => [{}] },
  'rules.importDraft': { type: 'mutation', inputs: () => [{ json: '{}' }] },
  'rules.saveDraft': {
    type: 'mutation',
    ofInstallation: ['id'],
    inputs: () => [{ ...SAMPLE_RULES, revision: 1, json: '{}' }],
  },
  'rules.discardDraft': { type: 'mutation', ofInstallation: ['id'], inputs: () => [{ ...SAMPLE_RULES, revision: 1 }] },
  'rules.publish': {
    type: 'mutation',
    ofInstallation: ['id'],
    inputs: () => [{ ...SAMPLE_RULES, revision: 1, effectiveFrom: '2026-10-01' }],
  },
  'rules.whatIfFacts': {
    type: 'query',
    inputs: () => ['市组', '县组', '乡镇组', '没有的组'].map((group) => ({ quarter: '2026Q3', group })),
  },
}
