import type { IconName } from '../../ui/icons.ts'
import { hasAny, isUnitOfficerOnly, type Needs, type SessionAccount } from '../session/session-rules.ts'

export interface MenuPage {
  /** Key under `shell.page`. */
  readonly name: string
  readonly path: string
  readonly needs: Needs
  /** Pages of another entry of this site: the browser goes there, not the router. */
  readonly isOtherEntry?: true
}

export interface MenuEntry {
  /** Key under `shell.menu`. */
  readonly name: string
  readonly icon: IconName
  /** Set when the entry is itself a page. */
  readonly path: string | null
  readonly needs: Needs
  readonly pages: readonly MenuPage[]
}

const FACTS: Needs = ['facts.read']

function group(name: string, icon: IconName, pages: readonly MenuPage[]): MenuEntry {
  return { name, icon, path: null, needs: [], pages }
}

/** Only pages that exist. */
export const MENU: readonly MenuEntry[] = [
  { name: 'overview', icon: 'home', path: '/', needs: FACTS, pages: [] },
  group('ranking', 'ranking', [
    { name: 'league', path: '/league', needs: FACTS },
    { name: 'units', path: '/units', needs: ['units.read'] },
    { name: 'funnel', path: '/funnel', needs: FACTS },
    { name: 'compare', path: '/compare', needs: FACTS },
    { name: 'trends', path: '/trends', needs: FACTS },
    { name: 'sensitivity', path: '/sensitivity', needs: FACTS },
    { name: 'howToRead', path: '/how-to-read', needs: FACTS },
  ]),
  group('reports', 'report', [
    { name: 'report', path: '/report', needs: ['reports.file'] },
    { name: 'events', path: '/events', needs: FACTS },
    { name: 'obligations', path: '/obligations', needs: FACTS },
    { name: 'leads', path: '/leads', needs: ['leads.read'] },
    { name: 'informants', path: '/informants', needs: ['leads.read'] },
    { name: 'inquiries', path: '/inquiries', needs: FACTS },
    { name: 'misreports', path: '/misreports', needs: FACTS },
  ]),
  group('inspection', 'dice', [
    { name: 'draws', path: '/draws', needs: FACTS },
    { name: 'checks', path: '/checks', needs: FACTS },
    { name: 'inspections', path: '/inspections', needs: FACTS },
    { name: 'cases', path: '/cases', needs: FACTS },
    { name: 'inspectionQuality', path: '/inspection-quality', needs: ['draws.read'] },
    { name: 'phone', path: '/m/check', needs: ['inspections.record'], isOtherEntry: true },
    { name: 'checklists', path: '/checklists', needs: ['inspections.record', 'inspections.decide'] },
    { name: 'roomCode', path: '/room-code', needs: FACTS },
  ]),
  group('duty', 'calendar', [
    { name: 'filings', path: '/filings', needs: FACTS },
    { name: 'rosters', path: '/rosters', needs: FACTS },
    { name: 'dutyRooms', path: '/duty-rooms', needs: FACTS },
    { name: 'logs', path: '/logs', needs: FACTS },
    { name: 'handovers', path: '/handovers', needs: FACTS },
    { name: 'logUnits', path: '/log-units', needs: ['duty.oversee'] },
  ]),
  group('quarters', 'report', [
    { name: 'quarters', path: '/quarters', needs: FACTS },
    { name: 'assessment', path: '/assessment', needs: ['assessments.prepare', 'assessments.approve'] },
    { name: 'appeals', path: '/appeals', needs: FACTS },
    { name: 'bulletins', path: '/bulletins', needs: ['bulletins.read'] },
    { name: 'meetings', path: '/meetings', needs: FACTS },
  ]),
  group('system', 'settings', [
    { name: 'imports', path: '/imports', needs: ['facts.import', 'units.write'] },
    { name: 'unitTree', path: '/admin/units', needs: ['units.read'] },
    { name: 'calendar', path: '/admin/calendar', needs: FACTS },
    { name: 'regulations', path: '/admin/regulations', needs: FACTS },
    { name: 'users', path: '/admin/users', needs: ['accounts.manage'] },
    { name: 'access', path: '/admin/access', needs: ['roles.manage'] },
    { name: 'tokens', path: '/admin/tokens', needs: ['tokens.manage'] },
    { name: 'audit', path: '/admin/audit', needs: ['audit.read'] },
  ]),
]

/** What a unit's own officer has to do with being checked. */
const OFFICER_PAGES: readonly string[] = ['draws', 'inspections', 'cases', 'roomCode']

/** Who answers for one unit alone finds that unit, not lists of units. */
function officerMenu(account: SessionAccount): readonly MenuEntry[] {
  const own: readonly MenuPage[] =
    account.unitCode === null
      ? []
      : [{ name: 'ownUnit', path: `/units/${encodeURIComponent(account.unitCode)}`, needs: FACTS }]
  return MENU.flatMap((entry) => {
    if (entry.name === 'ranking') return own.length === 0 ? [] : [{ ...entry, pages: own }]
    // What the office above told it of a draw is a unit's own.
    if (entry.name === 'inspection') {
      return [{ ...entry, pages: entry.pages.filter(({ name }) => OFFICER_PAGES.includes(name)) }]
    }
    // Its own appeals, invitations and what it is bound to, of all that has to do with the quarter's end.
    if (entry.name === 'quarters') {
      return [{ ...entry, pages: entry.pages.filter(({ name }) => name === 'appeals' || name === 'meetings') }]
    }
    return ['overview', 'reports', 'duty'].includes(entry.name) ? [entry] : []
  })
}

/** The code belongs on the screen of a duty room, and on no other. */
function withoutRoomCode(entry: MenuEntry): MenuEntry {
  return { ...entry, pages: entry.pages.filter(({ name }) => name !== 'roomCode') }
}

/** What an account finds in its menu: nothing that would be refused. null = not known who it is. */
export function menuFor(account: SessionAccount | null): readonly MenuEntry[] {
  if (account === null) return []
  const entries = isUnitOfficerOnly(account) ? officerMenu(account) : MENU.map(withoutRoomCode)
  return entries
    .map((entry) => ({ ...entry, pages: entry.pages.filter((page) => hasAny(account, page.needs)) }))
    .filter((entry) => (entry.path === null ? entry.pages.length > 0 : hasAny(account, entry.needs)))
}

/** True for the page itself and for what lies below it: `/units` is current on `/units/D13`. */
export function isCurrent(menuPath: string, path: string): boolean {
  return menuPath === '/' ? path === '/' : path === menuPath || path.startsWith(`${menuPath}/`)
}
