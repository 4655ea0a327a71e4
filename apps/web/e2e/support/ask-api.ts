import type {
  EventJudgement,
  LeagueStanding,
  LeagueTable,
  Meta,
  MoveExplanation,
  SessionState,
  UnitList,
  UnitPage,
} from '@zhidu/contract'
import type { SignedIn } from './accounts.ts'

interface Answers {
  readonly 'league.table': LeagueTable
  readonly 'league.standing': LeagueStanding
  readonly 'league.explainMove': MoveExplanation
  readonly 'meta.get': Meta
  readonly 'unit.get': UnitPage
  readonly 'unit.list': UnitList
  readonly 'event.get': { readonly judgements: readonly EventJudgement[] }
  readonly 'session.get': SessionState
}

/** The server's own answer to somebody, to compare a page with. Throws unless it is one. */
export async function askApi<P extends keyof Answers>(who: SignedIn, procedure: P, input: object): Promise<Answers[P]> {
  const query = new URLSearchParams({ input: JSON.stringify(input) })
  const response = await fetch(`${who.url}/trpc/${procedure}?${query.toString()}`, { headers: { cookie: who.cookie } })
  const body: { result?: { data: Answers[P] } } = JSON.parse(await response.text())
  if (body.result === undefined) throw new Error(`${procedure}: ${JSON.stringify(body)}`)
  return body.result.data
}
