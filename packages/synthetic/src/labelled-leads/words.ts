import type { Category } from '@zhidu/domain'

/** One kind of thing that happens: how an office reports it, how others tell it, and what may be said besides. */
interface Happening {
  readonly reported: readonly string[]
  readonly told: readonly string[]
}

export const HAPPENINGS: Readonly<Record<Category, readonly Happening[]>> = {
  natural_disaster: [
    {
      reported: ['发生小型山体滑坡，约{n}立方米土石滑落，道路中断', '受降雨影响发生山体滑坡，掩埋路面约{n}米'],
      told: ['山上塌下来好多土石，路断了', '山体滑坡把路堵死，有{n}来方土'],
    },
    {
      reported: ['短时强降雨造成内涝，{n}户居民家中进水', '强降雨致低洼路段积水，{n}辆车被淹'],
      told: ['大雨后到处积水，车子泡水里了', '内涝进水，好几户居民家里被淹'],
    },
    {
      reported: ['发生森林火情，过火面积约{n}亩，已组织扑救', '林地起火，过火约{n}亩，明火已扑灭'],
      told: ['山林着火，浓烟很大，在扑救', '后山起山火，烧了{n}亩左右'],
    },
    {
      reported: ['大风造成{n}棵树木倒伏，砸中停放车辆', '雷雨大风致广告牌脱落、{n}处线路受损'],
      told: ['大风刮倒树木，砸到车辆', '风太大广告牌掉下来，停电了'],
    },
    {
      reported: ['河堤出现管涌险情，转移群众{n}人', '水库溢洪道渗漏，转移下游群众{n}人'],
      told: ['河堤渗水，村里人都转移了', '水库漏水，下游{n}来人连夜转移'],
    },
  ],
  accident: [
    {
      reported: ['一辆货车与客车相撞，{n}辆车受损', '发生道路交通事故，货车追尾客车，占用{n}条车道'],
      told: ['货车和客车撞了，路上堵得厉害', '大货车追尾客车，交警在处理'],
    },
    {
      reported: ['一厂房发生火灾，过火面积约{n}平方米', '厂房起火，出动{n}辆消防车扑救'],
      told: ['工厂着火，黑烟滚滚', '厂房烧起来了，来了{n}台消防车'],
    },
    {
      reported: ['工地基坑边坡坍塌，{n}名工人一度被困', '在建工地脚手架坍塌，{n}名工人受困'],
      told: ['工地塌方，有工人被埋', '脚手架垮了，有{n}个工人困在里面'],
    },
    {
      reported: ['燃气管道被挖断泄漏，疏散群众{n}人', '施工挖破燃气管道，影响{n}户用气'],
      told: ['挖机挖断煤气管，味道很大在疏散', '燃气泄漏，附近{n}户疏散'],
    },
    {
      reported: ['渔船碰撞进水，船上{n}人获救', '一渔船倾覆，{n}名船员落水'],
      told: ['渔船撞了在进水，有人落水', '渔船翻了，{n}名船员掉水里'],
    },
    {
      reported: ['居民楼电动车充电起火，疏散{n}人', '居民楼楼道电动自行车起火，{n}人被困后救出'],
      told: ['居民楼电瓶车充电着火，楼道全是烟', '电瓶车起火，楼上{n}人被困'],
    },
    {
      reported: ['危化品槽罐车侧翻，约{n}吨液体泄漏', '槽罐车侧翻致{n}吨化学品泄漏，已设警戒'],
      told: ['槽罐车翻了，刺鼻气味', '运化学品的车侧翻，漏了{n}吨'],
    },
  ],
  public_health: [
    {
      reported: ['学校{n}名学生出现呕吐腹泻症状，已送医', '幼儿园{n}名幼儿出现呕吐，疾控已采样'],
      told: ['学校好多学生又吐又拉，送医院了', '{n}个小孩呕吐，说是吃坏东西'],
    },
    {
      reported: ['聚餐后{n}人出现不适，疑似食源性疾病', '酒席后{n}人腹痛就诊，餐饮单位已停业'],
      told: ['吃酒席后很多人肚子疼', '聚餐食物中毒，{n}人去医院'],
    },
    {
      reported: ['供水水质异常，影响居民约{n}户', '自来水出现异味，影响{n}户，已启动检测'],
      told: ['自来水有怪味发黄不敢喝', '水龙头流黄水，{n}户都这样'],
    },
    {
      reported: ['养殖场{n}头生猪异常死亡，已采样送检', '家禽异常死亡{n}只，已封锁消毒'],
      told: ['养猪场死了很多猪，怕是猪瘟', '鸡鸭一下死了{n}只'],
    },
  ],
  social_security: [
    {
      reported: ['{n}名工人因欠薪聚集，已协调处理', '约{n}名农民工到项目部聚集讨薪'],
      told: ['工人聚集讨薪，堵了大门', '农民工{n}来人要工资'],
    },
    {
      reported: ['市场内发生斗殴，{n}人被带离调查', '夜宵店门前发生打架，{n}名涉案人被控制'],
      told: ['市场里有人打群架', '夜宵摊打架，警察带走{n}个人'],
    },
    {
      reported: ['约{n}名业主因交房问题聚集', '{n}名购房人到售楼部聚集反映逾期交房'],
      told: ['业主聚集维权，楼盘逾期交房', '售楼部围了{n}多人要说法'],
    },
    {
      reported: ['{n}名学生家长因学位问题到校门口聚集', '约{n}名出租车司机停运聚集'],
      told: ['家长在校门口聚集讨说法', '的士司机停运，聚了{n}多台车'],
    },
  ],
}

/** Seen outside, and nothing that has to be reported. */
export const OUT_OF_SCOPE = [
  '路灯不亮，希望修复',
  '楼上装修噪音扰民',
  '垃圾没人清运，味道大',
  '路面有坑，电动车难走',
  '广场舞声音太大',
  '流浪狗在小区里跑',
  '违停车辆堵住门口',
] as const

export const OPENERS = ['', '', '网友称', '市民来电反映', '群众反映', '据本地媒体报道', '信息员报来', '听说'] as const
export const CLOSERS = ['', '', '，现场有人围观', '，希望有关部门核实', '，具体情况不详', '，正在处理'] as const

export const COUNTY_STEMS = ['青阳', '临溪', '东川', '望海', '北岭', '安和', '白石', '龙泉', '新丰'] as const
export const COUNTY_KINDS = ['县', '区', '市'] as const
const FIRST = '青河松东白石南云渡新金大长双龙凤上下西北万福清平永兴太和水花'
const SECOND = '石口岗浦沙桥塘溪头圩田坪江湖山岭洲湾坡坑埔洋围寨林泉峰台井湖'
export const TOWN_STEMS: readonly string[] = [...FIRST].flatMap((one) =>
  [...SECOND].flatMap((other) => (one === other ? [] : [`${one}${other}`])),
)
export const TOWN_KINDS = ['镇', '镇', '街道', '乡'] as const
export const SPOT_KINDS = ['村', '村', '路', '社区', '工业园', '市场', '大桥'] as const
