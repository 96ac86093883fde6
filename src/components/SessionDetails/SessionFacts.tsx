import type { ReactNode } from "react";

import type { Session } from "../../api/schemas.ts";
import { trustedPictureUrl } from "../../domain/links.ts";
import { minutesBetween } from "../../domain/wallClock.ts";
import { useFormat } from "../../hooks/useFormat.ts";
import { useCoviuSettings } from "../../provider/CoviuProvider.tsx";
import { Icon, type IconName } from "../../ui/Icon.tsx";
import { Picture } from "../../ui/Picture.tsx";
import { renderIsolated } from "../../ui/renderIsolated.tsx";
import { viewerTimes } from "../time/viewerTimes.ts";
import type { SessionDetailsMessages } from "./messages.ts";

/** Times of a session in the clinic's zone and in the user's, and its picture. Only for the browser. */
export function SessionFacts({ session, text }: { session: Session; text: SessionDetailsMessages }) {
  const { pictureHosts } = useCoviuSettings();
  const format = useFormat();
  const { start_time, end_time } = session;
  const { city, short } = format.zone(start_time);
  const day = format.day(start_time, true);
  const elsewhere = viewerTimes(session, format);
  const picture = trustedPictureUrl(session.picture, pictureHosts);
  return (
    <div className="coviu-facts">
      <Picture className="coviu-picture" src={picture} />
      <Fact icon="clock">
        <bdi className="coviu-strong" translate="no">
          {format.range(start_time, end_time)}
        </bdi>
        {`, ${text.duration(minutesBetween(start_time, end_time))}`}
      </Fact>
      <Fact icon="calendar">{renderIsolated(text.day({ day, city, zone: short }), [day])}</Fact>
      {elsewhere && (
        <Fact icon="globe">{renderIsolated(text.elsewhere(elsewhere), [elsewhere.times, elsewhere.day])}</Fact>
      )}
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
