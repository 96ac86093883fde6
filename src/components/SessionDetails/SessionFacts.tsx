import type { ReactNode } from "react";

import type { Session } from "../../api/schemas.ts";
import { formatDay, formatTimeRange, zoneNames } from "../../domain/formatTime.ts";
import { trustedPictureUrl } from "../../domain/links.ts";
import { minutesBetween } from "../../domain/wallClock.ts";
import { useCoviuSettings } from "../../provider/CoviuProvider.tsx";
import { Icon, type IconName } from "../../ui/Icon.tsx";
import { Picture } from "../../ui/Picture.tsx";
import { words } from "../../ui/words.tsx";
import type { SessionDetailsMessages } from "./messages.ts";
import { viewerTimes } from "./viewerTimes.ts";

/** When a session is, here and where the reader is, and its picture. For the browser only. */
export function SessionFacts({ session, text }: { session: Session; text: SessionDetailsMessages }) {
  const { locale, timeZone, pictureHosts } = useCoviuSettings();
  const { start_time, end_time } = session;
  const zoned = { locale, timeZone };
  const { city, short } = zoneNames(start_time, zoned);
  const day = formatDay(start_time, zoned, true);
  const elsewhere = viewerTimes(session, zoned);
  const picture = trustedPictureUrl(session.picture, pictureHosts);
  return (
    <div className="coviu-facts">
      <Picture className="coviu-picture" src={picture} />
      <Fact icon="clock">
        <bdi className="coviu-strong" translate="no">
          {formatTimeRange(start_time, end_time, zoned)}
        </bdi>
        {`, ${text.duration(minutesBetween(start_time, end_time))}`}
      </Fact>
      <Fact icon="calendar">{words(text.day({ day, city, zone: short }), [day])}</Fact>
      {elsewhere && <Fact icon="globe">{words(text.elsewhere(elsewhere), [elsewhere.times, elsewhere.day])}</Fact>}
    </div>
  );
}

function Fact({ icon, children }: { icon: IconName; children: ReactNode }) {
  return (
    <p className="coviu-fact">
      <Icon name={icon} />
      <span>{children}</span>
    </p>
  );
}
