import type { AccountItem, AccountList } from '@zhidu/contract'

export function makeAccountItem(overrides: Partial<AccountItem> = {}): AccountItem {
  return {
    accountId: '0190a000-0000-7000-8000-0000000000b1',
    loginName: 'zhiban-b',
    staffNumber: 'G-1024',
    displayName: '值班乙',
    phone: '1**********',
    unitCode: 'D13',
    unitName: '市住房城乡建设局',
    roles: ['unit_officer'],
    isDisabled: false,
    isSsoOnly: false,
    hasTotp: false,
    mustChangePassword: false,
    isDemonstration: false,
    lockedUntil: null,
    lastSeenAt: '2026-10-08T14:05:00+08:00',
    createdAt: '2026-01-05T09:00:00+08:00',
    ...overrides,
  }
}

export function makeAccountList(
  items: AccountItem[] = [makeAccountItem()],
  overrides: Partial<AccountList> = {},
): AccountList {
  return { items, total: items.length, hasMore: false, ...overrides }
}
