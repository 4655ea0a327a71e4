/** Changes that are tried elsewhere than in the list of all of them, and where. */
export const ELSEWHERE = [
  'account.bindSubject',
  'draw.enterNumber',
  // packages/services/src/duty-log/duty-log.db.test.ts
  'handover.takeInPerson',
  'import.cancel',
  'import.commit',
  'session.revoke',
]
