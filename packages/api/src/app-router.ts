import { accessRouter } from './routers/access.ts'
import { accountRouter } from './routers/account.ts'
import { auditRouter } from './routers/audit.ts'
import { appealRouter } from './routers/appeal.ts'
import { assessmentRouter } from './routers/assessment.ts'
import { bulletinRouter } from './routers/bulletin.ts'
import { calendarRouter } from './routers/calendar.ts'
import { caseRouter } from './routers/case.ts'
import { misreportRouter } from './routers/misreport.ts'
import { commendationRouter } from './routers/commendation.ts'
import { checkRouter } from './routers/check.ts'
import { drawRouter } from './routers/draw.ts'
import { dutyRoomRouter } from './routers/duty-room.ts'
import { handoverRouter, logRouter } from './routers/duty-log.ts'
import { eventRouter } from './routers/event.ts'
import { filingRouter } from './routers/filing.ts'
import { importRouter } from './routers/import.ts'
import { indicatorRouter } from './routers/indicator.ts'
import { inspectionRouter } from './routers/inspection.ts'
import { inspectionQualityRouter } from './routers/inspection-quality.ts'
import { informantRouter } from './routers/informant.ts'
import { leadRouter } from './routers/lead.ts'
import { leagueRouter } from './routers/league.ts'
import { meetingRouter } from './routers/meeting.ts'
import { metaRouter } from './routers/meta.ts'
import { obligationRouter } from './routers/obligation.ts'
import { overviewRouter } from './routers/overview.ts'
import { personalRouter } from './routers/personal.ts'
import { quarterRouter } from './routers/quarter.ts'
import { rosterRouter } from './routers/roster.ts'
import { reportRouter } from './routers/report.ts'
import { rulesRouter } from './routers/rules.ts'
import { searchRouter } from './routers/search.ts'
import { sessionRouter } from './routers/session.ts'
import { tokenRouter } from './routers/token.ts'
import { unitRouter } from './routers/unit.ts'
import { router } from './trpc.ts'

export const appRouter = router({
  meta: metaRouter,
  informant: informantRouter,
  lead: leadRouter,
  league: leagueRouter,
  indicator: indicatorRouter,
  overview: overviewRouter,
  unit: unitRouter,
  dutyRoom: dutyRoomRouter,
  event: eventRouter,
  obligation: obligationRouter,
  check: checkRouter,
  draw: drawRouter,
  log: logRouter,
  handover: handoverRouter,
  inspection: inspectionRouter,
  appeal: appealRouter,
  assessment: assessmentRouter,
  commendation: commendationRouter,
  case: caseRouter,
  misreport: misreportRouter,
  report: reportRouter,
  inspectionQuality: inspectionQualityRouter,
  calendar: calendarRouter,
  search: searchRouter,
  filing: filingRouter,
  import: importRouter,
  session: sessionRouter,
  account: accountRouter,
  access: accessRouter,
  audit: auditRouter,
  personal: personalRouter,
  quarter: quarterRouter,
  bulletin: bulletinRouter,
  meeting: meetingRouter,
  token: tokenRouter,
  roster: rosterRouter,
  rules: rulesRouter,
})

export type AppRouter = typeof appRouter
