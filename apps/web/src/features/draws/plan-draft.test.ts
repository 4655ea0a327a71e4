import { expect, it } from 'vitest'
import { emptyLine, fromDraft, listNames, type PlanDraft, toDraft } from './plan-draft.ts'
import { DOCUMENT, makePreparation } from './testing/make-draws.ts'

const draft = (): PlanDraft => toDraft(DOCUMENT, makePreparation().units)

it('a plan that is opened and saved again is the same', () => {
  expect(fromDraft(draft())).toEqual({ document: DOCUMENT })
})

it('says which part is not filled in rightly, the first of all', () => {
  const cases: readonly (readonly [Partial<PlanDraft>, string])[] = [
    [{ title: '一' }, 'title'],
    [{ mostPerMonth: '0' }, 'number'],
    [{ mostPerMonth: '1.5' }, 'number'],
    [{ strata: [{ group: '市直组', size: '', substitutes: '0' }] }, 'size'],
    [{ strata: [{ group: '市直组', size: '0', substitutes: '0' }] }, 'size'],
    [{ strata: [{ group: '组'.repeat(65), size: '1', substitutes: '0' }] }, 'group'],
    [{ weights: [{ ...emptyLine(), unitCode: 'D01' }] }, 'line'],
    [{ weights: [{ ...emptyLine(), unitCode: 'D01', reason: '理由', weight: 1 }] }, 'line'],
    [{ inspectors: '甲' }, 'inspectors'],
    [{ inspectors: `甲\n${'乙'.repeat(65)}` }, 'inspectors'],
    [{ inspectors: '丙\n丁' }, 'recusal'],
  ]
  for (const [wrong, problem] of cases) expect(fromDraft({ ...draft(), ...wrong })).toEqual({ problem })
})

it('reads names one a line or with marks between them, each once', () => {
  expect(listNames(' 甲\n乙、丙；丙，\n')).toEqual(['甲', '乙', '丙'])
})
