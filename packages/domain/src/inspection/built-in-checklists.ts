import type { Finding } from '../facts/facts.ts'
import type { Checklist, ChecklistItem } from './checklist.ts'

interface Asked {
  readonly hint?: string
  readonly finding?: Finding
  readonly dutyModes?: ChecklistItem['dutyModes']
  readonly photo?: ChecklistItem['photo']
}

function item(key: string, section: string, text: string, asked: Asked = {}): ChecklistItem {
  const { dutyModes = null, finding = null, hint = null, photo = 'none' } = asked
  return { key, section, text, hint, finding, dutyModes, photo }
}

const [PEOPLE, WORK, ROOM] = ['人员在岗', '值班工作', '值班室建设']
const ROOM_ONLY = ['room'] as const
const equipment = (photo: ChecklistItem['photo'] = 'when_no'): Asked => ({
  finding: 'equipment_missing',
  dutyModes: [...ROOM_ONLY],
  photo,
})

/** Shipped so that the first night can be checked; an office writes its own. Source: 揭府办〔2009〕80号, parts two to four. */
export const BUILT_IN_CHECKLISTS: readonly Checklist[] = [
  {
    id: 'phone',
    version: 1,
    title: '电话抽查问项',
    methods: ['phone', 'video'],
    source: '揭府办〔2009〕80号第三、四部分',
    items: [
      item('rostered', PEOPLE, '接听人在值班表上', { hint: '问姓名和岗位', finding: 'not_as_rostered' }),
      item('leader', PEOPLE, '带班领导联系得上', { hint: '拨带班领导手机', finding: 'leader_unreachable' }),
      item('limits', WORK, '说得出首报时限', { hint: '问各级事件首报的时限', finding: 'unfamiliar' }),
      item('log', WORK, '当班日志已记', { hint: '请对方念最近一条', finding: 'log_missing' }),
      item('room_code', PEOPLE, '值班口令相符', { hint: '口令只在值班室终端显示', dutyModes: [...ROOM_ONLY] }),
    ],
  },
  {
    id: 'onsite',
    version: 1,
    title: '实地督查问项',
    methods: ['onsite'],
    source: '揭府办〔2009〕80号第二、三部分',
    items: [
      item('present', PEOPLE, '值班人员在岗', { finding: 'absent', photo: 'when_no' }),
      item('rostered', PEOPLE, '在岗人员与值班表一致', { hint: '对照值班表逐人核对', finding: 'not_as_rostered' }),
      item('leader', PEOPLE, '带班领导在岗或联系得上', { finding: 'leader_unreachable' }),
      item('no_forwarding', PEOPLE, '值班电话未设呼叫转移', {
        hint: '当场拨打座机，看铃响',
        finding: 'call_forwarded',
        dutyModes: [...ROOM_ONLY],
      }),
      item('limits', WORK, '说得出首报时限和报送方式', { finding: 'unfamiliar' }),
      item('log', WORK, '值班日志记录及时完整', { hint: '看当班和上一班', finding: 'log_missing', photo: 'when_no' }),
      item('handover', WORK, '交接班有记录、未办事项已交接', { finding: 'log_missing', photo: 'when_no' }),
      item('dedicated_room', ROOM, '设有专门值班室', equipment('always')),
      item('rest_room', ROOM, '有夜间休息室', equipment()),
      item('computer', ROOM, '计算机可用', equipment()),
      item('line', ROOM, '专线电话可用', equipment()),
      item('fax', ROOM, '传真机可用', equipment()),
      item('network', ROOM, '网络可用', equipment()),
      item('secrecy', ROOM, '符合保密规定', { hint: '涉密文件、密码设备的保管', dutyModes: [...ROOM_ONLY] }),
      item('staffing', ROOM, '专职人员配备足够', { hint: '24 小时轮流值班所需人数' }),
      item('training', ROOM, '值班人员受过培训', { hint: '看培训记录' }),
    ],
  },
]
