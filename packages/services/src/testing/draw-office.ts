import { generateEd25519Key, makeEd25519Signer } from '@zhidu/audit'
import type { DrawPlanDocument } from '@zhidu/contract'
import { computeCommitment } from '@zhidu/draw'
import { permissionsOf, type Role } from '@zhidu/domain'
import type { AccountActor } from '../actor.ts'
import type { ServiceContext } from '../context.ts'
import { approvePlan, saveDrawPlan } from '../draw/plans.ts'
import { createTestService, importExample, type TestService } from './example-quarter.ts'

const signer = makeEd25519Signer(generateEd25519Key(), () => 'example.org/zhidu')
/** A key of its own each run. */
export const SEAL = { signers: [signer], version: '0.0.0-test' }

/** People of the city's office, and of units below it. */
const PEOPLE = [
  ['clerk', 'clerk', 'J00'],
  ['inspector', 'inspector', 'J00'],
  ['approver', 'approver', 'J00'],
  ['leader', 'leader', 'J00'],
  ['second', 'clerk', 'J00'],
  ['county', 'clerk', 'C01'],
  ['unit', 'leader', 'D01'],
  ['officer', 'unit_officer', 'D01'],
] as const satisfies readonly (readonly [string, Role, string])[]
type Person = (typeof PEOPLE)[number][0]

export const DOCUMENT: DrawPlanDocument = {
  title: '春节夜间电话抽查',
  isNight: true,
  everyUnitWithinQuarters: null,
  mostPerMonth: 2,
  mostNightPerQuarter: 2,
  mostPerInspector: null,
  strata: [
    { group: '市直组', size: 3, substitutes: 2 },
    { group: '县区组', size: 2, substitutes: 1 },
  ],
  weights: [{ unitCode: 'D01', weight: 3, reason: '上季抽查 2 次，1 次有问题' }],
  exclusions: [{ unitCode: 'D02', reason: '防汛全员在岗' }],
  inspectors: ['甲', '乙', '丙'].map((name) => ({
    name,
    recusals: name === '甲' ? [{ unitCode: 'D03', reason: '曾在该局任职' }] : [],
  })),
}

export interface DrawOffice extends TestService {
  /** As that person asks, under row-level security. */
  as(person: Person): ServiceContext
  /** Writes a plan as the clerk and has it approved. */
  plan(document?: DrawPlanDocument): Promise<{ readonly planId: string; readonly version: number }>
}

function idOf(at: number): string {
  return `00000000-0000-4000-8000-00000000000${at + 1}`
}

/** The example city with its people; close `database` afterwards. */
export async function createDrawOffice(): Promise<DrawOffice> {
  const service = await createTestService()
  await importExample(service.ctx)
  for (const [at, [name, , unitCode]] of PEOPLE.entries()) {
    await service.database.pool.query(
      `insert into account (account_id, login_name, display_name, unit_code, created_at) values ($1, $2, $2, $3, now())`,
      [idOf(at), name, unitCode],
    )
  }
  const as = (person: Person): ServiceContext => {
    const at = PEOPLE.findIndex(([name]) => name === person)
    const [, role, unitCode] = PEOPLE[at] ?? PEOPLE[0]
    const actor: AccountActor = {
      kind: 'account',
      accountId: idOf(at),
      sessionId: idOf(at),
      loginName: person,
      displayName: person,
      unitCode,
      roles: [role],
      permissions: permissionsOf([role]),
      mustChangePassword: false,
      address: '192.0.2.1',
      viewer: null,
    }
    return { ...service.ctx, db: service.database.app, report: service.database.report, actor }
  }
  const plan: DrawOffice['plan'] = async (document = DOCUMENT) => {
    const key = await saveDrawPlan(as('clerk'), { planId: null, version: 0, document })
    await approvePlan(as('approver'), key)
    return key
  }
  return { ...service, as, plan }
}

/** What an officer keeps, and what is handed in for it. */
export function makeSecret(officer: string, digit: string) {
  const secret = { nonce: digit.repeat(32), text: `secret of ${officer}` }
  return { secret, handedIn: { officer, commitment: computeCommitment({ officer, ...secret }) } }
}
