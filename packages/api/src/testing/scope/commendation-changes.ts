import type { CommendationPage } from '@zhidu/contract'
import { type User, userOf } from './accounts.ts'
import { type Answer, askProcedure, type World } from './harness.ts'

const CLERK = userOf('clerk', 'A')
const LEADER = userOf('leader', 'A')
const LIST = { quarter: '2026Q3', group: '市组' }

/** Every change of a list for praise and criticism, in an order in which each is possible. */
export function commendationSteps(world: () => World) {
  const call = async (user: User, path: string, more: (page: CommendationPage) => object): Promise<Answer> => {
    const { text } = await world().ask(CLERK, askProcedure('commendation.get', 'query', LIST))
    // Safe: the assertions that follow fail on anything else.
    const page = (JSON.parse(text) as { readonly result: { readonly data: CommendationPage } }).result.data
    const about = { ...LIST, steps: page.steps.length, frozenVersion: page.frozenVersion }
    return await world().ask(user, askProcedure(path, 'mutation', { ...about, ...more(page) }))
  }
  const decide = () =>
    call(CLERK, 'commendation.decide', ({ units }) => ({
      note: null,
      names: units.flatMap((unit) =>
        (['praise', 'criticism'] as const).flatMap((kind) =>
          unit[kind].isProposed ? [{ kind, unitCode: unit.unitCode, isNamed: false, reason: '另有安排' }] : [],
        ),
      ),
    }))
  return [
    { action: 'commendation.decide', run: decide },
    {
      action: 'commendation.return',
      run: () => call(LEADER, 'commendation.return', () => ({ note: '再议一次' })),
    },
    {
      action: 'commendation.confirm',
      prepare: async (): Promise<undefined> => {
        await decide()
      },
      run: () => call(LEADER, 'commendation.confirm', () => ({})),
    },
  ]
}
