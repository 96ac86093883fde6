import type { EveryText } from "./everyText.ts";

const connectionBanner: EveryText["connectionBanner"] = {
  signIn: "تسجيل الدخول",
  back: "عاد الاتصال",
  signedIn: "سُجّل دخولك",
};

const entryLink: EveryText["entryLink"] = {
  label: ({ name, role }) => `رابط دخول ${name}، ${role}`,
  host: "مضيف",
  guest: "ضيف",
  unnamed: "شخص بلا اسم",
  masked: "رابط الدخول ••••••••",
  maskedSpoken: "رابط الدخول، مخفي",
  show: (name) => `إظهار رابط ${name}`,
  copy: "نسخ الرابط",
  copyFor: (name) => `نسخ الرابط: ${name}`,
  copyHost: "نسخ رابط المضيف",
  copyHostFor: (name) => `نسخ رابط المضيف: ${name}`,
  copied: ({ name, role }) => `نُسخ رابط ${name} (${role})`,
  refused: "لم يسمح متصفحك بالنسخ. أظهر الرابط لنسخه يدويًا.",
  selected: "الرابط محدد: اضغط Ctrl+C، أو ⌘C على ماك.",
  field: (name) => `رابط دخول ${name}`,
  join: "انضمام",
  joinFor: (name) => `انضمام باسم ${name} (يُفتح في تبويب جديد)`,
  joinFrom: (time) => `يمكنك الانضمام من ${time} عند بدء الجلسة.`,
  missing: "لم تعطِ الخدمة رابط دخول لهذا الشخص. حدّث لطلبه من جديد.",
  untrusted: "يقود هذا الرابط إلى عنوان غير موثوق هنا، فلا يمكن إظهاره ولا نسخه ولا فتحه. أخبر من يدير هذا الموقع.",
  ended: "انتهت هذه الجلسة. لم يعد الرابط يعمل.",
  canceled: "أُلغيت هذه الجلسة. لم يعد الرابط يعمل.",
  hostTitle: "نسخ رابط المضيف؟",
  hostBody: ({ name, guests }) =>
    `يدخل هذا الرابط باسم ${name}، مضيفًا: من يملكه يمكنه إدخال الآخرين وإدارة الجلسة.${
      guests === 0 ? "" : ` عدد الضيوف فيها: ${guests}، فانتبه أين تلصقه.`
    }`,
  hostOthers: ({ names, guests }) =>
    `أتبحث عن رابط ضيف؟ ${guests === 1 ? `لدى ${names} رابط خاص` : `لكل من ${names} رابط خاص`}.`,
  others: (count) => (count === 1 ? "شخص آخر" : `${count} آخرين`),
  goBack: "رجوع",
};

const failure: EveryText["failure"] = {
  invalid_input: { title: "لا يمكن إرسال هذا كما هو", body: "تحقق مما أدخلته وأعد المحاولة." },
  auth_required: {
    title: "لم تسجّل الدخول",
    body: "سجّل الدخول ثم أعد المحاولة. يبقى ما كتبته هنا.",
  },
  auth_unavailable: {
    title: "تعذّر التحقق من تسجيل دخولك",
    body: "لم يُرسل شيء. أعد المحاولة بعد قليل؛ وإن استمر ذلك فسجّل الدخول من جديد.",
  },
  forbidden: { title: "لا يُسمح لك بهذا", body: "لم يتغيّر شيء. اسأل من يدير صلاحياتك إن كنت تحتاج إليه." },
  not_found: {
    title: "لم يعد هذا متاحًا",
    body: "ربما ألغاه أو أزاله شخص آخر. حدّث القائمة لترى الوضع الحالي.",
  },
  invalid_request: { title: "رفضت الخدمة هذا", body: "لم يتغيّر شيء. تحقق مما أدخلته وأعد المحاولة." },
  conflict: { title: "غيّر شخص آخر هذا قبلك", body: "لم يُحفظ شيء مما كتبته. حدّث ثم أعد المحاولة." },
  rate_limited: { title: "الخدمة مشغولة", body: "لم يتغيّر شيء." },
  server: { title: "حدثت مشكلة في الخدمة", body: "ليس الخطأ منك. أعد المحاولة بعد قليل." },
  unreachable: {
    title: "تعذّر الوصول إلى الخدمة",
    body: "لم يتغيّر شيء. تحقق من الاتصال ثم أعد المحاولة.",
  },
  wrong_address: {
    title: "لا يمكن الوصول إلى الخدمة على هذا العنوان",
    body: "لم يتغيّر شيء. يجيب خادم آخر على هذا العنوان، مثل صفحة تسجيل الدخول إلى الشبكة. أعد المحاولة، وإن استمر ذلك فأبلغ المسؤول عن هذا الموقع.",
  },
  timeout: { title: "تأخرت الخدمة في الرد", body: "أعد المحاولة بعد قليل." },
  bad_response: {
    title: "أرسلت الخدمة ردًّا تتعذّر قراءته",
    body: "أعد المحاولة. وإن استمر ذلك فأخبر من يدير هذا الموقع.",
  },
  server_render: { title: "لا يظهر هذا إلا في متصفح", body: "أعد تحميل الصفحة." },
  offline: {
    title: "أنت غير متصل",
    body: "يمكنك قراءة المعروض هنا. لا يُحجز شيء ولا يُغيَّر حتى يعود الاتصال، ولا يُرسَل شيء من تلقاء نفسه.",
  },
  unknownOutcome: {
    title: "تعذّر تأكيد هذا",
    body: "لم يصل رد واضح، فقد يكون نُفّذ وقد لا يكون. انظر إلى الوضع الحالي قبل إعادة المحاولة.",
  },
  explained: (words) => `تقول الخدمة: «${words}»`,
  retry: "إعادة المحاولة",
  retryAfter: (seconds) =>
    `يمكنك إعادة المحاولة بعد ${seconds < 100 ? `${seconds} ث` : duration(Math.ceil(seconds / 60))}.`,
  retryLater: "تطلب الخدمة الانتظار أكثر من ساعة. يمكنك المحاولة على أي حال.",
  retryNow: "يمكنك إعادة المحاولة الآن.",
  stale,
  waiting: "بانتظار الخدمة",
  waitingForSignIn: "بانتظار تسجيل الدخول",
};

const frontDesk: EveryText["frontDesk"] = {
  label: "الاستقبال",
  clock: ({ time, city, offset }) => `${time} بتوقيت ${named(city, offset)}`,
  book: "حجز جلسة",
  choose: "اختر جلسة",
  chooseHint: "يظهر هنا الأشخاص والروابط والأوقات.",
  opened: (name) => `${name} مفتوحة. اضغط مرة أخرى للانتقال إليها.`,
  untitled: "جلسة بلا اسم",
  booked: "حُجزت الجلسة",
  bookedBody,
  showLinks: "إظهار الروابط",
  dismiss: "إغلاق",
};

const editConflict: EveryText["editConflict"] = {
  theirChanges: (changes) =>
    `غيّر شخص آخر هذا في هذه الأثناء. ${changes.map(({ label, theirs }) => `${label}: الآن ${theirs}.`).join(" ")}`,
  title: "غيّر شخص آخر الشيء نفسه",
  body: "اختر ما يبقى، ثم احفظ من جديد. لم يُرسل شيء.",
  mine: "لك",
  theirs: "للآخر",
  original: "من قبل",
  keepMine: "إبقاء ما كتبته",
  keepMineFor: (label) => `إبقاء ما كتبته: ${label}`,
  takeTheirs: "أخذ ما للآخر",
  takeTheirsFor: (label) => `أخذ ما للآخر: ${label}`,
  keptMine: (label) => `${label}: يبقى ما كتبته. احفظ لإرساله.`,
  tookTheirs: (label) => `${label}: يبقى ما للآخر.`,
  empty: "لا شيء",
  overwrittenTitle: "غيّر شخص آخر هذا بعدك",
  overwritten: ({ label, mine, theirs }) => `${label}: الآن ${theirs}. وكنت قد حفظت ${mine}.`,
};

const participantList: EveryText["participantList"] = {
  title: "الأشخاص",
  loading: "جارٍ تحميل الأشخاص…",
  failed: "تعذّر تحميل الأشخاص",
  empty: "لم يُضَف أحد بعد",
  emptyHint: "أضف مضيفًا والضيوف. لكل شخص رابط دخول خاص.",
  add: "إضافة أشخاص",
  locked: {
    ended: "انتهت هذه الجلسة. لا يمكن تغيير الأشخاص والروابط بعد الآن.",
    canceled: "أُلغيت هذه الجلسة. لا يمكن تغيير الأشخاص والروابط بعد الآن.",
    gone: "لم تعد هذه الجلسة موجودة. لا يمكن تغيير الأشخاص والروابط بعد الآن.",
  },
  typedStays: "ما كتبته لا يزال هنا لتنسخه.",
  editFor: (name) => `تعديل ${name}`,
  removeFor: (name) => `إزالة ${name}`,
  removing: "جارٍ الإزالة…",
  unnamed: "شخص بلا اسم",
  sameName: ({ name, number }) => `${name} (${number})`,
  hostHint: "يدخل مباشرة",
  guestHint: "ينتظر حتى يسمح له مضيف بالدخول",
  added: (name) => `أُضيف ${name}`,
  saved: (name) => `حُفظت تغييرات ${name}`,
  removed: (name) => `أُزيل ${name}`,
  alreadyRemoved: (name) => `كان ${name} قد أُزيل من قبل`,
  changedBesides: ({ label, value }) => `كان شخص آخر قد غيّر هذا أيضًا. ${label}: الآن ${value || editConflict.empty}.`,

  addTitle: "إضافة شخص",
  editTitle: (name) => `تعديل ${name}`,
  name: "الاسم",
  role: "الدور",
  host: "مضيف",
  guest: "ضيف",
  hostMeans: "يدخل المضيف مباشرة ويمكنه إدخال الآخرين.",
  guestMeans: "ينتظر الضيف حتى يسمح له مضيف بالدخول.",
  state: "مرجعك",
  stateHint: "اختياري. نص خاص بك، مثل رقم هذا الشخص لديك.",
  picture: "عنوان الصورة",
  pictureHint: "اختياري. يبدأ بـ https://",
  cancel: "تراجع",
  close: "إغلاق",
  addSubmit: "إضافة الشخص",
  save: "حفظ التغييرات",
  saving: "جارٍ الحفظ…",
  unseen,
  problems: {
    empty: "أدخل اسمًا",
    long: (most) => `عدد الأحرف لا يزيد على ${most}`,
    picture: "أدخل عنوانًا يبدأ بـ https://",
  },
  gone: (name) => ({
    title: `سبق أن أُزيل ${name}`,
    body: "أزاله شخص آخر في هذه الأثناء. ما كتبته لا يزال هنا: يمكنك إضافته به من جديد، برابط جديد.",
  }),
  addAgain: "إضافة من جديد",
  checkFailed: "تعذّر البحث عن الشخص",
  discardTitle: "تجاهل ما كتبته؟",
  discardBody: "لم يُحفظ شيء بعد.",
  discard: "تجاهل",
  keepEditing: "متابعة التعديل",

  removeTitle: (name) => `إزالة ${name}؟`,
  removeBody: "يتوقف الرابط عن العمل، ولا يمكن التراجع عن ذلك.",
  keepFor: (name) => `إبقاء ${name}`,

  history: "السجل",
  historyCount: (count) => (count === 0 ? "السجل: لم يُزَل أحد" : `السجل: عدد من أُزيلوا ${count}`),
  removedAt: ({ day, time }) => `أُزيل ${day}، ${time}`,
};

const sessionDetails: EveryText["sessionDetails"] = {
  back: "كل الجلسات",
  loading: "جارٍ تحميل الجلسة…",
  failed: "تعذّر إظهار هذه الجلسة",
  untitled: "جلسة بلا اسم",
  statuses: { scheduled: "مجدولة", active: "جارية", ended: "انتهت", canceled: "ملغاة" },
  startsIn: (minutes) => `تبدأ بعد ${duration(minutes)}`,
  timeLeft: (minutes) => `بقي ${duration(minutes)}`,
  endedAgo: (minutes) => (minutes < 1 ? "الآن" : `قبل ${duration(minutes)}`),
  startsOn: (days) => ["تبدأ اليوم", "تبدأ غدًا"][days] ?? `تبدأ بعد ${days} أيام`,
  endedOn: (days) => ["اليوم", "أمس"][days] ?? `قبل ${days} أيام`,
  canceledAt: ({ time, day }) => `في ${time}${day ? `، ${day}` : " اليوم"}`,
  duration,
  day: ({ day, city, zone }) => `${day}، ${named(city, zone)}`,
  elsewhere: ({ times, day, city, zone }) =>
    `${day ? `${day}، ` : ""}${times} في ${city}${zone === city ? "" : ` (${zone})`}`,
  flags: (count) => `الخيارات: ${count}`,
  join: "انضمام",
  joinName: (name) => `انضمام إلى ${name}`,
  reschedule: "تغيير الموعد",
  changeEnd: "تغيير النهاية",
  cancel: "إلغاء الجلسة",
  bookAgain: "حجز من جديد",
  joinLater: (start) => `يمكنك الانضمام من ${start} عند بدء الجلسة.`,
  cannotCancel: (end) => `لا يمكن إلغاء جلسة بدأت. تنتهي من تلقاء نفسها في ${end}.`,
  cannotMove: "انتهت هذه الجلسة، فلا يمكن تغيير موعدها.",
  bookInstead: "احجزها من جديد بدلًا من ذلك.",
  joinCanceled: "لا يمكن لأحد الانضمام إلى جلسة ملغاة. الحجز من جديد ينشئ روابط جديدة.",
  joinCanceledForGood: "لا يمكن لأحد الانضمام إلى جلسة ملغاة.",
  canceledDone: (name) => `أُلغيت ${name}`,
  canceledBefore: (name) => `كانت ${name} قد أُلغيت من قبل`,
  moved: (name) => `حُفظت ${name}`,
  duplicateTitle: "هذه الجلسة محجوزة مرتين",
  duplicateBody: ({ name, day, time }) =>
    `توجد جلستان «${name}» في ${day}، ${time}، بالأشخاص أنفسهم. ألغِ إحداهما وأرسل روابط الأخرى.`,
  duplicateCancel: "إلغاء إحداهما",

  confirmTitle: "إلغاء هذه الجلسة؟",
  confirmBody: ({ name, people, day, times }) =>
    `${name}${people && ` مع ${people}`}، ${day}، ${times}. لن يتمكن أحد من الانضمام، ولا يمكن التراجع عن ذلك. لا تُرسَل أي رسالة: أخبر الأشخاص بنفسك. يمكنك حجزها من جديد لاحقًا، بروابط جديدة.`,
  others: (count) => (count === 1 ? "شخص آخر" : `${count} آخرين`),
  keep: "إبقاء الجلسة",
  canceling: "جارٍ الإلغاء…",
  confirm: ({ start, people }) => `إلغاء ${start}${people && ` مع ${people}`}`,
  refused: {
    canceled: "أُلغيت هذه الجلسة من قبل.",
    ended: "انتهت هذه الجلسة، فلا يمكن إلغاؤها.",
    started: "بدأت هذه الجلسة، فلم يعد يمكن إلغاؤها.",
    "not-started": "",
  },
};

const kinds = { upcoming: "قادمة", active: "جارية", past: "سابقة", canceled: "ملغاة" };

const sessionList: EveryText["sessionList"] = {
  label: "الجلسات",
  filters: "تصفية الجلسات",
  views: { upcoming: "القادمة", active: "الجارية", past: "السابقة", canceled: "الملغاة" },
  search: "ابحث بالاسم",
  person: "المعالج",
  everyone: "كل المعالجين",
  dates: "الفترة",
  ranges: (view) => ({
    today: "اليوم",
    week: view === "past" ? "آخر 7 أيام" : view === "canceled" ? "7 أيام قبل وبعد" : "الأيام السبعة القادمة",
    month: view === "past" ? "آخر 30 يومًا" : view === "canceled" ? "30 يومًا قبل وبعد" : "الأيام الثلاثون القادمة",
    custom: "اختر التواريخ…",
  }),
  from: "أول يوم",
  to: "آخر يوم",
  dateParts: { day: "اليوم", month: "الشهر", year: "السنة" },
  noSuchDay: "لا يوجد يوم كهذا",
  wholeYear: "أدخل سنة مثل 2026",
  order: "الترتيب",
  orders: { forward: "الأقدم أولًا", reverse: "الأحدث أولًا" },
  loading: "جارٍ تحميل الجلسات…",
  count: ({ count, complete }) => `${sessions(count)}${complete ? "" : " حتى الآن"}`,
  updated: (minutes) => (minutes < 1 ? "حُدّثت الآن" : `حُدّثت قبل ${minutes} د`),
  stale,
  refresh: "تحديث",
  more: "تحميل المزيد",
  pages: "صفحات الجلسات",
  previous: "السابق",
  next: "التالي",
  shown: ({ from, to, count }) => `من ${from} إلى ${to}، والعدد ${count}`,
  incomplete: {
    title: "قد تكون هذه القائمة ناقصة",
    body: "تقول الخدمة إن هناك جلسات أخرى لكنها لا ترسلها. حدّث، أو اختر أيامًا أقل.",
  },
  startsSoon: ({ names, minutes }) =>
    `بعد ${minutes} د: ${names.length > 3 ? sessions(names.length) : names.join("، ")}`,
  now: "تجري الآن",
  today: "اليوم",
  tomorrow: "غدًا",
  yesterday: "أمس",
  inGroup: (count) => `الجلسات: ${count}`,
  untitled: "جلسة بلا اسم",
  unnamed: "شخص بلا اسم",
  noGuests: "لا ضيوف بعد",
  noHost: "لا مضيف بعد",
  hostedBy: "المضيف:",
  duplicate: "ربما حُجزت مرتين",
  others: (count) => `+${count}`,
  separator: "، ",
  duration,
  startsIn: (minutes) => `بعد ${duration(minutes)}`,
  timeLeft: (minutes) => `بقي ${duration(minutes)}`,
  endedAgo: (minutes) => (minutes < 1 ? "الآن" : `قبل ${duration(minutes)}`),
  canceled: "ملغاة",
  firstUse: {
    title: "لا جلسات بعد",
    hint: "لا حجز في الأيام السبعة القادمة. لكل شخص تضيفه إلى جلسة رابط دخول خاص.",
  },
  empty: {
    upcoming: { title: "لا جلسات قادمة", hint: "لا حجز في الأيام السبعة القادمة." },
    active: { title: "لا جلسة جارية", hint: "تظهر الجلسات هنا من بدايتها إلى نهايتها." },
    past: {
      title: "لا جلسات سابقة",
      hint: "لم تنته جلسة في الأيام السبعة الماضية. اختر تواريخ أخرى لترى ما قبلها.",
    },
    canceled: { title: "لا جلسات ملغاة", hint: "تبقى الجلسات الملغاة هنا ليمكن حجزها من جديد." },
  },
  emptySoFar: (view) => ({
    title: `لا جلسة ${kinds[view]} حتى الآن`,
    hint: "لم تُقرأ كل جلسات هذه الأيام بعد.",
  }),
  unmatched: ({ view, search }) =>
    search ? `لا جلسة ${kinds[view]} توافق «${search}»` : `لا جلسة ${kinds[view]} توافق هذه التصفية`,
  searched: ({ view, count }) =>
    `بُحث في أسماء ${count} من الجلسات المحمّلة. تحقق من الكتابة، أو انظر في «${view === "past" ? "القادمة" : "السابقة"}».`,
  unmatchedHint: "اختر تواريخ أخرى أو معالجًا آخر.",
  clearSearch: "مسح البحث",
  clearFilters: "مسح التصفية",
};

const sessionScheduler: EveryText["sessionScheduler"] = {
  title: "حجز جلسة",
  editTitle: ({ name, movable }) => (movable ? `تغيير موعد ${name}` : `تعديل ${name}`),
  edit: "تعديل جلسة",
  close: (title) => `إغلاق: ${title}`,
  loading: "جارٍ تحميل الجلسة…",
  untitled: "جلسة بلا اسم",
  current: (times) => `الآن ${times}.`,
  keepLinks: "يحتفظ كل شخص برابطه؛ أخبرهم بالموعد الجديد.",
  name: "اسم الجلسة",
  unseen,
  when: "الموعد",
  zone: (city) => `بتوقيت ${city}`,
  date: "التاريخ",
  dateParts: { day: "اليوم", month: "الشهر", year: "السنة" },
  start: "البداية",
  startHint: "مثل 9 أو 930 أو 21:30",
  duration: "المدة",
  minutes: duration,
  other: "غير ذلك",
  end: "النهاية",
  result: ({ day, times, city, offset }) => `${day}، ${times}، بتوقيت ${named(city, offset)}`,
  elsewhere: ({ day, times, city, zone, shift }) =>
    `${day}، ${times} في ${city}${zone === city ? "" : ` (${zone})`}${shift ? `، اليوم ${shift === "before" ? "السابق" : "التالي"}` : ""}`,
  cannotMove: "بدأت هذه الجلسة، فلا يمكن تغيير بدايتها.",
  lateStart: ({ day, time }) => `كنت قد كتبت ${day}، ${time}.`,
  locked: {
    ended: "انتهت هذه الجلسة، فلا يمكن تعديلها. احجزها من جديد بدلًا من ذلك.",
    canceled: "أُلغيت هذه الجلسة، فلا يمكن تعديلها. احجزها من جديد بدلًا من ذلك.",
    gone: "لم يعد يمكن تعديل هذه الجلسة: لم تعد موجودة. ربما ألغاها شخص آخر.",
  },
  typedStays: participantList.typedStays,

  missing: ({ time, day, from, to }) => `لا توجد الساعة ${time} في ${day}: تنتقل الساعة من ${from} إلى ${to}.`,
  use: (time) => `استخدام ${time}`,
  twice: ({ time, day }) => `تأتي الساعة ${time} مرتين في ${day}. أيهما تقصد؟`,
  twiceHint: ({ city, from, to }) => `تُؤخَّر الساعة في ${city} تلك الليلة من ${from} إلى ${to}.`,
  first: (time) => `${time} الأولى`,
  firstHint: ({ offset }) => `قبل تأخير الساعة (${offset})`,
  second: (time) => `${time} الثانية`,
  secondHint: ({ offset, minutes }) => `بعد ذلك بـ ${duration(minutes)}، بعد تأخير الساعة (${offset})`,

  people: "الأشخاص",
  peopleHint: "يدخل المضيف مباشرة. ينتظر الضيف حتى يسمح له مضيف بالدخول. لكل شخص رابط خاص.",
  person: ({ name, number }) => name || `الشخص ${number}`,
  personName: (number) => `اسم الشخص ${number}`,
  nameColumn: "الاسم",
  role: (person) => `دور ${person}`,
  host: "مضيف",
  guest: "ضيف",
  more: "المزيد",
  moreAbout: (person) => `المزيد عن ${person}`,
  state: participantList.state,
  stateHint: participantList.stateHint,
  picture: participantList.picture,
  pictureHint: participantList.pictureHint,
  remove: (person) => `إزالة ${person}`,
  add: "إضافة شخص",

  options: "خيارات أخرى",
  sessionPicture: "عنوان صورة الجلسة",
  flags: "الخيارات",
  flagsHint: "اختياري، واحد في كل سطر. لا يمكن تغييرها بعد الحجز.",

  book: "حجز الجلسة",
  booking: "جارٍ الحجز…",
  move: "تغيير الموعد",
  moving: "جارٍ تغيير الموعد…",
  save: "حفظ التغييرات",
  saving: "جارٍ الحفظ…",
  discard: "تجاهل",
  keep: (time) => `إبقاء ${time}`,

  problems: ({ count, editing }) => `ما يجب تصحيحه قبل ${editing ? "الحفظ" : "الحجز"}: ${count}`,
  problem: {
    name: "أدخل اسم الجلسة",
    nameLong: "لا يزيد اسم الجلسة على 256 حرفًا",
    date: "أدخل تاريخًا موجودًا، باليوم والشهر والسنة",
    year: "أدخل سنة مثل 2026",
    start: "أدخل وقت البداية، مثل 9:30",
    end: "أدخل وقت النهاية، مثل 10:30",
    past: (now) => `اختر بداية بعد ${now} اليوم`,
    which: (time) => `اختر أي ${time} تقصد`,
    order: (start) => `اختر نهاية بعد ${start}`,
    long: "اختر نهاية لا تتجاوز 12 ساعة بعد البداية",
    picture: "أدخل عنوان صورة يبدأ بـ https://",
    person: (number) => `أدخل اسم الشخص ${number}، أو أزل السطر`,
    personLong: (number) => `لا يزيد اسم الشخص ${number} على 256 حرفًا`,
    personPicture: (number) => `أدخل للشخص ${number} عنوان صورة يبدأ بـ https://`,
  },

  startAt: (time) => `البدء في ${time}`,
  clashTitle: (host) => `لدى ${host} جلسة في ذلك الوقت`,
  clashBody: ({ name, times, minutes }) => `${name}، ${times}، تتداخل ${duration(minutes)}. يمكنك حجز هذه مع ذلك.`,
  startInstead: (time) => `البدء في ${time} بدلًا من ذلك`,

  checkingTitle: "جارٍ التحقق من الحجز…",
  checkingBody: "لم يصل رد واضح، فنحن نبحث عن الحجز. لا يُرسل شيء مرتين.",
  checkingShort: "جارٍ التحقق…",
  unknownTitle: "تعذّر تأكيد هذا الحجز",
  unknownBody: "انقطع الاتصال قبل وصول رد. قد تكون الجلسة محجوزة وقد لا تكون. كل ما أدخلته لا يزال هنا.",
  unclearBody: "لم يصل رد واضح. قد تكون الجلسة محجوزة وقد لا تكون. كل ما أدخلته لا يزال هنا.",
  notFound: "بحثنا من جديد، وليست موجودة حتى الآن. تحقق بعد قليل، أو احجز مع ذلك.",
  checkFailed: "تعذّر البحث عن الحجز",
  checkAgain: "التحقق من جديد",
  bookAnyway: "الحجز مع ذلك",

  booked: "حُجزت الجلسة.",
  bookedBody,
  saved: "حُفظت التغييرات.",

  discardTitle: (editing) => (editing ? "تجاهل هذه التغييرات؟" : "تجاهل هذا الحجز؟"),
  discardBody: ({ people, editing, unconfirmed }) => {
    if (unconfirmed) return "قد تكون محجوزة مع ذلك: ابحث عنها في القائمة قبل أن تحجزها من جديد.";
    if (editing) return "سيضيع ما غيّرته. تبقى الجلسة كما هي.";
    if (people === 0) return "سيضيع الاسم والوقت اللذان أدخلتهما.";
    return `سيضيع ما أدخلته: الاسم والوقت والأشخاص (${people}).`;
  },
  discardConfirm: (editing) => (editing ? "تجاهل التغييرات" : "تجاهل الحجز"),
  keepEditing: "متابعة التعديل",
};

const writes: Partial<Record<string, string>> = {
  createSession: "حجز",
  updateSession: "تعديل جلسة",
  deleteSession: "إلغاء جلسة",
  addSessionParticipant: "إضافة شخص",
  updateSessionParticipant: "تعديل شخص",
  deleteSessionParticipant: "إزالة شخص",
};

const pendingWrites: EveryText["pendingWrites"] = {
  what: ({ operation, booking }) => {
    const name = writes[operation] ?? "تغيير";
    return booking ? `${name}: ${booking.name}، ${booking.day}، ${booking.time}.` : `${name}.`;
  },
  sending: "لا يزال في الطريق",
  checking: "لا يزال التحقق جاريًا",
  unknown: failure.unknownOutcome.title,
  unknownBody: "لم يصل رد، فقد يكون نُفّذ وقد لا يكون.",
  notFound: "بحثنا من جديد، وليس موجودًا حتى الآن.",
  checkAgain: sessionScheduler.checkAgain,
  confirmed: "تم في النهاية",
  confirmedDuplicate: "قد يكون هذا محجوزًا مرتين",
  confirmedDuplicateBody: "ظهر بعد أن حُجز من جديد. انظر إليهما وألغِ أحدهما.",
  done: "تم",
  refused: "لم يُنفَّذ هذا",
  interrupted: ({ time, day }) => `لم يتأكد حجز بدأ في ${time}${day ? `، ${day}،` : ""} قبل مغادرة الصفحة`,
  interruptedBody: "قد تكون الجلسة محجوزة وقد لا تكون. ابحث عنها في القائمة قبل أن تحجزها من جديد.",
  untitled: sessionScheduler.untitled,
  show: "إظهار",
  dismiss: "إغلاق",
};

const idleLock: EveryText["idleLock"] = {
  warned: {
    title: "هل ما زلت هنا؟",
    body: "لم تُستخدم هذه الصفحة منذ مدة، وستُغطّى بعد قليل. اضغط أي مفتاح لتبقى مفتوحة.",
  },
  secondsLeft: (seconds) => `الثواني المتبقية: ${seconds}`,
  stay: "إبقاؤها مفتوحة",
  covered: { title: "هذه الصفحة مغطّاة", body: "لم تُستخدم منذ مدة. ما كتبته ما زال هنا." },
  uncover: "متابعة",
  notConfirmed: { title: "تعذّر التأكد من هويتك", body: "تبقى الصفحة مغطّاة. أعد المحاولة." },
};

export const arabic: EveryText = {
  connectionBanner,
  entryLink,
  failure,
  frontDesk,
  editConflict,
  idleLock,
  participantList,
  sessionDetails,
  sessionList,
  sessionScheduler,
  pendingWrites,
};

function named(city: string, zone: string): string {
  return zone === city ? city : `${city} (${zone})`;
}

function sessions(count: number): string {
  return `عدد الجلسات: ${count}`;
}

function duration(minutes: number): string {
  const hours = Math.floor(minutes / 60);
  return [hours && `${hours} س`, (minutes % 60 || !hours) && `${minutes % 60} د`].filter(Boolean).join(" ");
}

function stale({ minutes, time }: { minutes: number; time: string }): string {
  return minutes < 1 ? `آخر تحديث الآن، ${time}` : `آخر تحديث قبل ${duration(minutes)}، ${time}`;
}

function unseen(text: string): string {
  return `فيه أحرف لا تُرى: ${text}`;
}

function bookedBody({ day, time, city, links }: { day: string; time: string; city: string; links: number }): string {
  const ready = links === 0 ? "لا أحد فيها بعد: أضف أشخاصًا لتحصل على روابطهم." : `الروابط الجاهزة للإرسال: ${links}.`;
  return `${day}، ${time}، بتوقيت ${city}. ${ready}`;
}
