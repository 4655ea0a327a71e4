import {
  AnswerDecisionInput,
  CreateMeetingInput,
  DecideInput,
  Done,
  InviteInput,
  MeetingKey,
  MeetingList,
  MeetingNoteInput,
  MeetingPage,
  MeetingRevisionKey,
  MeetingSheet,
  MeetingSheetInput,
  MeetingsOfUnit,
  Reminded,
  RemindInput,
  ReplyInput,
  SaveMeetingInput,
  VerifyDecisionInput,
} from '@zhidu/contract'
import {
  answerDecision,
  correctMinutes,
  createMeeting,
  draftMinutes,
  getMeeting,
  getMeetingList,
  getMeetingSheet,
  getMeetingsOfUnit,
  inviteUnits,
  recordDecision,
  remindUnits,
  replyToMeeting,
  returnMinutes,
  saveMeeting,
  signMinutes,
  submitMinutes,
  verifyDecision,
} from '@zhidu/services'
import { DONE, procedureFor, router } from '../trpc.ts'

const reading = procedureFor('meetings.read')
const writing = procedureFor('meetings.write')
/** By somebody else than whoever wrote them. */
const signing = procedureFor('meetings.sign')
/** What a unit reads and answers of meetings of its superior. */
const invited = procedureFor('facts.read')
const answering = procedureFor('cases.answer')
const verifying = procedureFor('cases.handle')

export const meetingRouter = router({
  list: reading.output(MeetingList).query(({ ctx }) => getMeetingList(ctx.service)),
  get: reading
    .input(MeetingKey)
    .output(MeetingPage)
    .query(({ ctx, input }) => getMeeting(ctx.service, input)),
  mine: invited.output(MeetingsOfUnit).query(({ ctx }) => getMeetingsOfUnit(ctx.service)),
  sheet: invited
    .input(MeetingSheetInput)
    .output(MeetingSheet)
    .query(({ ctx, input }) => getMeetingSheet(ctx.service, input)),
  create: writing
    .input(CreateMeetingInput)
    .output(MeetingKey)
    .mutation(({ ctx, input }) => createMeeting(ctx.service, input)),
  save: writing
    .input(SaveMeetingInput)
    .output(MeetingRevisionKey)
    .mutation(({ ctx, input }) => saveMeeting(ctx.service, input)),
  invite: writing
    .input(InviteInput)
    .output(Done)
    .mutation(async ({ ctx, input }) => {
      await inviteUnits(ctx.service, input)
      return DONE
    }),
  remind: writing
    .input(RemindInput)
    .output(Reminded)
    .mutation(({ ctx, input }) => remindUnits(ctx.service, input)),
  reply: answering
    .input(ReplyInput)
    .output(Done)
    .mutation(async ({ ctx, input }) => {
      await replyToMeeting(ctx.service, input)
      return DONE
    }),
  draftMinutes: writing
    .input(MeetingKey)
    .output(MeetingRevisionKey)
    .mutation(({ ctx, input }) => draftMinutes(ctx.service, input)),
  submit: writing
    .input(MeetingRevisionKey)
    .output(Done)
    .mutation(async ({ ctx, input }) => {
      await submitMinutes(ctx.service, input)
      return DONE
    }),
  return: signing
    .input(MeetingNoteInput)
    .output(Done)
    .mutation(async ({ ctx, input }) => {
      await returnMinutes(ctx.service, input)
      return DONE
    }),
  sign: signing
    .input(MeetingRevisionKey)
    .output(Done)
    .mutation(async ({ ctx, input }) => {
      await signMinutes(ctx.service, input)
      return DONE
    }),
  correct: writing
    .input(MeetingNoteInput)
    .output(Done)
    .mutation(async ({ ctx, input }) => {
      await correctMinutes(ctx.service, input)
      return DONE
    }),
  decide: writing
    .input(DecideInput)
    .output(Done)
    .mutation(async ({ ctx, input }) => {
      await recordDecision(ctx.service, input)
      return DONE
    }),
  answerDecision: answering
    .input(AnswerDecisionInput)
    .output(Done)
    .mutation(async ({ ctx, input }) => {
      await answerDecision(ctx.service, input)
      return DONE
    }),
  verifyDecision: verifying
    .input(VerifyDecisionInput)
    .output(Done)
    .mutation(async ({ ctx, input }) => {
      await verifyDecision(ctx.service, input)
      return DONE
    }),
})
