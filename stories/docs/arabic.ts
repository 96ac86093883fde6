import type {
  ConnectionBannerMessages,
  EntryLinkMessages,
  FailureMessages,
  FrontDeskMessages,
  IdleLockMessages,
  ParticipantListMessages,
  SessionDetailsMessages,
  SessionListMessages,
} from "../../src/index.ts";

const sessionList: Partial<SessionListMessages> = {
  label: "الجلسات",
  filters: "تصفية الجلسات",
  views: { upcoming: "القادمة", active: "الجارية", past: "السابقة", canceled: "الملغاة" },
  search: "ابحث بالاسم",
  person: "المعالج",
  everyone: "كل المعالجين",
  dates: "الفترة",
  ranges: (view) => ({
    today: "اليوم",
    week: view === "past" ? "آخر 7 أيام" : "الأيام السبعة القادمة",
    month: view === "past" ? "آخر 30 يومًا" : "الأيام الثلاثون القادمة",
    custom: "اختر التواريخ…",
  }),
  order: "الترتيب",
  orders: { forward: "الأقدم أولًا", reverse: "الأحدث أولًا" },
  loading: "جارٍ تحميل الجلسات…",
  count: ({ count }) => `عدد الجلسات: ${count}`,
  updated: (minutes) => (minutes < 1 ? "حُدّثت الآن" : `حُدّثت قبل ${minutes} د`),
  refresh: "تحديث",
  more: "تحميل المزيد",
  now: "تجري الآن",
  today: "اليوم",
  tomorrow: "غدًا",
  yesterday: "أمس",
  inGroup: (count) => `الجلسات: ${count}`,
  noGuests: "لا ضيوف بعد",
  noHost: "لا مضيف بعد",
  duration,
  startsIn: (minutes) => `بعد ${duration(minutes)}`,
  left: (minutes) => `بقي ${duration(minutes)}`,
  endedAgo: (minutes) => `قبل ${duration(minutes)}`,
  canceled: "ملغاة",
};

const frontDesk: Partial<FrontDeskMessages> = {
  label: "الاستقبال",
  clock: ({ time, city, offset }) => `${time} بتوقيت ${city} (${offset})`,
  book: "حجز جلسة",
  choose: "اختر جلسة",
  chooseHint: "يظهر هنا الأشخاص والروابط والأوقات.",
};

const sessionDetails: Partial<SessionDetailsMessages> = {
  back: "كل الجلسات",
  loading: "جارٍ تحميل الجلسة…",
  statuses: { scheduled: "مجدولة", active: "جارية", ended: "انتهت", canceled: "ملغاة" },
  startsIn: (minutes) => `تبدأ بعد ${duration(minutes)}`,
  left: (minutes) => `بقي ${duration(minutes)}`,
  startsOn: (days) => ["تبدأ اليوم", "تبدأ غدًا"][days] ?? `تبدأ بعد ${days} أيام`,
  duration,
  day: ({ day, city, zone }) => `${day}، ${city} (${zone})`,
  elsewhere: ({ times, day, city, zone }) => `${day ? `${day}، ` : ""}${times} في ${city} (${zone})`,
  flags: (count) => `الخيارات: ${count}`,
  join: "انضمام",
  reschedule: "تغيير الموعد",
  cancel: "إلغاء الجلسة",
  bookAgain: "حجز من جديد",
  joinLater: (start) => `يمكنك الانضمام من ${start} عند بدء الجلسة.`,
};

const participantList: Partial<ParticipantListMessages> = {
  title: "الأشخاص",
  loading: "جارٍ تحميل الأشخاص…",
  add: "إضافة أشخاص",
  editFor: (name) => `تعديل ${name}`,
  removeFor: (name) => `إزالة ${name}`,
  host: "مضيف",
  guest: "ضيف",
  hostHint: "يدخل مباشرة",
  guestHint: "ينتظر حتى يسمح له مضيف بالدخول",
  history: "السجل",
};

const entryLink: Partial<EntryLinkMessages> = {
  label: ({ name, role }) => `رابط دخول ${name}، ${role}`,
  host: "مضيف",
  guest: "ضيف",
  masked: "رابط الدخول ••••••••",
  maskedSpoken: "رابط الدخول، مخفي",
  show: (name) => `إظهار رابط ${name}`,
  copy: "نسخ الرابط",
  copyFor: (name) => `نسخ الرابط: ${name}`,
  copyHost: "نسخ رابط المضيف",
  copyHostFor: (name) => `نسخ رابط المضيف: ${name}`,
  copied: ({ name, role }) => `نُسخ رابط ${name} (${role})`,
  joinFrom: (time) => `يمكنك الانضمام من ${time} عند بدء الجلسة.`,
};

const connectionBanner: ConnectionBannerMessages = {
  signIn: "تسجيل الدخول",
  back: "عاد الاتصال",
  signedIn: "سُجّل دخولك من جديد",
};

const idleLock: IdleLockMessages = {
  warned: {
    title: "هل ما زلت هنا؟",
    body: "لم تُستخدم هذه الصفحة منذ مدة، وستُغطّى بعد قليل. اضغط أي مفتاح لتبقى مفتوحة.",
  },
  left: (seconds) => `الثواني المتبقية: ${seconds}`,
  stay: "إبقاؤها مفتوحة",
  covered: { title: "هذه الصفحة مغطّاة", body: "لم تُستخدم منذ مدة. ما كتبته ما زال هنا." },
  uncover: "متابعة",
  notConfirmed: { title: "تعذّر التأكد من هويتك", body: "تبقى الصفحة مغطّاة. أعد المحاولة." },
};

const failure: Partial<FailureMessages> = {
  auth_required: {
    title: "سُجّل خروجك",
    body: "سجّل الدخول من جديد ثم أعد المحاولة. يبقى ما كتبته هنا.",
  },
  unreachable: {
    title: "تعذّر الوصول إلى الخدمة",
    body: "لم يتغيّر شيء. تحقق من الاتصال ثم أعد المحاولة.",
  },
  offline: {
    title: "أنت غير متصل",
    body: "يمكنك قراءة المعروض هنا. لا يُحجز شيء ولا يُغيَّر حتى يعود الاتصال، ولا يُرسَل شيء من تلقاء نفسه.",
  },
  server: { title: "حدثت مشكلة في الخدمة", body: "ليس الخطأ منك. أعد المحاولة بعد قليل." },
  rate_limited: { title: "الخدمة مشغولة", body: "لم يتغيّر شيء." },
  retry: "إعادة المحاولة",
  retryAfter: (seconds) => `يمكنك إعادة المحاولة بعد ${seconds} ث.`,
  retryNow: "يمكنك إعادة المحاولة الآن.",
  stale: ({ minutes, time }) =>
    minutes < 1 ? `آخر تحديث الآن، ${time}` : `آخر تحديث قبل ${duration(minutes)}، ${time}`,
  waiting: "بانتظار الخدمة",
  waitingForSignIn: "بانتظار تسجيل الدخول",
};

export const arabic = {
  connectionBanner,
  entryLink,
  failure,
  frontDesk,
  idleLock,
  participantList,
  sessionDetails,
  sessionList,
};

function duration(minutes: number): string {
  const hours = Math.floor(minutes / 60);
  return [hours && `${hours} س`, (minutes % 60 || !hours) && `${minutes % 60} د`].filter(Boolean).join(" ");
}
