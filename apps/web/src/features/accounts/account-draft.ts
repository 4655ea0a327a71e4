import type { AccountItem, CreateAccountInput, UpdateAccountInput } from '@zhidu/contract'

/** What the form holds: everything is text until it is sent. */
export interface AccountDraft {
  loginName: string
  displayName: string
  staffNumber: string
  phone: string
  /** Takes the number out; an empty field leaves it as it is. */
  dropsPhone: boolean
  unitCode: string | null
  isSsoOnly: boolean
}

export type DraftField = 'loginName' | 'displayName' | 'staffNumber' | 'phone'

export function emptyDraft(): AccountDraft {
  return {
    loginName: '',
    displayName: '',
    staffNumber: '',
    phone: '',
    dropsPhone: false,
    unitCode: null,
    isSsoOnly: false,
  }
}

/** The number comes masked and is not put into the field: a mask must not be saved. */
export function draftOf(account: AccountItem): AccountDraft {
  return {
    ...emptyDraft(),
    loginName: account.loginName,
    displayName: account.displayName,
    staffNumber: account.staffNumber ?? '',
    unitCode: account.unitCode,
    isSsoOnly: account.isSsoOnly,
  }
}

function orNull(text: string): string | null {
  const trimmed = text.trim()
  return trimmed === '' ? null : trimmed
}

type Checked<T> = { readonly input: T } | { readonly wrong: ReadonlySet<DraftField> }

const LOGIN_NAME = /^[a-z0-9][a-z0-9._-]{1,63}$/
const PHONE = /^[+\d][\d -]{4,29}$/

/** The contract's rules, so that what is wrong stands under its field before anything is sent. */
function findWrong(draft: AccountDraft, isNew: boolean): ReadonlySet<DraftField> {
  const wrong = new Set<DraftField>()
  const { length } = draft.displayName.trim()
  const phone = orNull(draft.phone)
  if (isNew && !LOGIN_NAME.test(toLoginName(draft))) wrong.add('loginName')
  if (length === 0 || length > 100) wrong.add('displayName')
  if (draft.staffNumber.trim().length > 50) wrong.add('staffNumber')
  if (phone !== null && !draft.dropsPhone && !PHONE.test(phone)) wrong.add('phone')
  return wrong
}

function toLoginName(draft: AccountDraft): string {
  return draft.loginName.trim().toLowerCase()
}

/** What is sent for a new account, or the fields that cannot be. */
export function toCreateInput(draft: AccountDraft): Checked<CreateAccountInput> {
  const wrong = findWrong(draft, true)
  if (wrong.size > 0) return { wrong }
  const input = {
    loginName: toLoginName(draft),
    displayName: draft.displayName.trim(),
    staffNumber: orNull(draft.staffNumber),
    phone: orNull(draft.phone),
    unitCode: draft.unitCode,
    isSsoOnly: draft.isSsoOnly,
  }
  return { input }
}

/** What is sent for a change of an account. */
export function toUpdateInput(account: AccountItem, draft: AccountDraft): Checked<UpdateAccountInput> {
  const wrong = findWrong(draft, false)
  if (wrong.size > 0) return { wrong }
  const typed = orNull(draft.phone)
  const phone = draft.dropsPhone ? { phone: null } : typed === null ? {} : { phone: typed }
  const input = {
    accountId: account.accountId,
    displayName: draft.displayName.trim(),
    staffNumber: orNull(draft.staffNumber),
    unitCode: draft.unitCode,
    isDisabled: account.isDisabled,
    ...phone,
  }
  return { input }
}
