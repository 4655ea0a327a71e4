import { writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { computeCommitment } from '@zhidu/draw'
import type { SignedIn } from './accounts.ts'

/** Who draws: the planner of the office, the one who approves, and a second planner for the seed. */
export interface DrawOfficers {
  readonly clerk: SignedIn
  readonly approver: SignedIn
  readonly inspector: SignedIn
}

async function ask(who: SignedIn, procedure: string, input: object | null, isChange: boolean): Promise<unknown> {
  const query = input === null ? '' : `?${new URLSearchParams({ input: JSON.stringify(input) }).toString()}`
  const response = isChange
    ? await fetch(`${who.url}/trpc/${procedure}`, {
        method: 'POST',
        headers: { 'content-type': 'application/json', origin: who.url, cookie: who.cookie },
        body: JSON.stringify(input),
      })
    : await fetch(`${who.url}/trpc/${procedure}${query}`, { headers: { cookie: who.cookie } })
  const body: { result?: { data: unknown } } = JSON.parse(await response.text())
  if (body.result === undefined) throw new Error(`${procedure}: ${JSON.stringify(body)}`)
  return body.result.data
}

/** Its forwarding is registered in the demonstration city, so that none of its calls is a fault. */
const UNDER_REPAIR = { unitCode: 'D16', reason: '线路抢修，呼转已备案' }

/** Duty rooms with many slips: some of them are drawn, as good as surely, and the night needs one. */
const ROOMS = ['D01', 'D02', 'D06']

interface Plan {
  readonly title: string
  readonly group: string
  readonly size: number
}

/** A draw of so many units, drawn by what two officers commit to and reveal; nobody is named to visit them. */
export async function makeDraw({ approver, clerk, inspector }: DrawOfficers, plan: Plan): Promise<string> {
  const document = {
    title: plan.title,
    isNight: true,
    everyUnitWithinQuarters: null,
    mostPerMonth: null,
    mostNightPerQuarter: null,
    mostPerInspector: null,
    strata: [{ group: plan.group, size: plan.size, substitutes: 1 }],
    weights: ROOMS.map((unitCode) => ({ unitCode, weight: 100, reason: '群众反映值班室电话转接' })),
    exclusions: [UNDER_REPAIR],
    inspectors: [],
  }
  // Safe: these are the contract's answers.
  const key = (await ask(clerk, 'draw.savePlan', { planId: null, version: 0, document }, true)) as {
    planId: string
    version: number
  }
  await ask(approver, 'draw.approvePlan', key, true)
  const declared = { ...key, isLastOfQuarter: false, seed: { kind: 'officers' } }
  const { drawId } = (await ask(clerk, 'draw.declare', declared, true)) as { drawId: string }
  const officers = [clerk, inspector].map((who, at) => ({
    who,
    secret: { nonce: `${at}a`.repeat(16), text: `夜${at}` },
  }))
  for (const { secret, who } of officers) {
    const { ownOfficer } = (await ask(who, 'draw.get', { drawId }, false)) as { ownOfficer: string | null }
    if (ownOfficer === null) throw new Error('an officer who may commit')
    const commitment = computeCommitment({ officer: ownOfficer, ...secret })
    await ask(who, 'draw.commit', { drawId, officer: ownOfficer, commitment }, true)
  }
  await ask(inspector, 'draw.freeze', { drawId }, true)
  for (const { secret, who } of officers) await ask(who, 'draw.reveal', { drawId, ...secret }, true)
  return drawId
}

/** Pool, certificate and key of a draw as files, for the command that verifies them. */
export async function downloadDraw(who: SignedIn, drawId: string, folder: string): Promise<readonly string[]> {
  const paths: string[] = []
  for (const name of ['pool.json', 'certificate.txt', 'key.txt']) {
    const response = await fetch(`${who.url}/files/draws/${drawId}/${name}`, { headers: { cookie: who.cookie } })
    if (!response.ok) throw new Error(`${name}: ${response.status}`)
    const path = join(folder, name)
    writeFileSync(path, Buffer.from(await response.arrayBuffer()))
    paths.push(path)
  }
  return paths
}
