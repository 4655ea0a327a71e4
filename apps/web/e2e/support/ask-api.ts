import type { EventJudgement, LeagueTable, UnitPage } from '@zhidu/contract'

interface Answers {
  readonly 'league.table': LeagueTable
  readonly 'unit.get': UnitPage
  readonly 'event.get': { readonly judgements: readonly EventJudgement[] }
}

/** The server's own answer, to compare a page with. Throws unless it is one. */
export async function askApi<P extends keyof Answers>(url: string, procedure: P, input: object): Promise<Answers[P]> {
  const query = new URLSearchParams({ input: JSON.stringify(input) })
  const response = await fetch(`${url}/trpc/${procedure}?${query.toString()}`)
  const body: { result?: { data: Answers[P] } } = JSON.parse(await response.text())
  if (body.result === undefined) throw new Error(`${procedure}: ${JSON.stringify(body)}`)
  return body.result.data
}
