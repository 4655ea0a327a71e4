import { ServiceError } from '../service-error.ts'

const REFUSALS: Readonly<Record<string, readonly [code: 'conflict' | 'invalid', reason: string]>> = {
  account_login_name_key: ['conflict', 'login_name_taken'],
  account_staff_number_key: ['conflict', 'staff_number_taken'],
  account_unit_code_fkey: ['invalid', 'unit_unknown'],
  account_oidc_issuer_oidc_subject_key: ['conflict', 'subject_taken'],
  account_family_pkey: ['conflict', 'role_family_conflict'],
  account_role_account_id_family_fkey: ['conflict', 'role_family_conflict'],
}

/** Runs a change of accounts; what a constraint of the database forbids becomes a ServiceError. */
export async function withAccountErrors<T>(work: () => Promise<T>, params: Record<string, string> = {}): Promise<T> {
  try {
    return await work()
  } catch (error) {
    const constraint = error instanceof Error && 'constraint' in error ? String(error.constraint) : ''
    const refusal = REFUSALS[constraint]
    if (refusal === undefined) throw error
    throw new ServiceError(refusal[0], refusal[1], params, { cause: error })
  }
}
