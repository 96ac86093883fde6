import type { ReactNode } from "react";

import type { Participant } from "../../api/schemas.ts";
import type { SessionTimes } from "../../domain/lifecycle.ts";
import { trustedPictureUrl } from "../../domain/links.ts";
import { isHost, participantRole } from "../../domain/roles.ts";
import { useCoviuSettings } from "../../provider/CoviuProvider.tsx";
import { Avatar } from "../../ui/Avatar.tsx";
import { Button } from "../../ui/Button.tsx";
import { RoleTag } from "../../ui/StatusBadge.tsx";
import { EntryLink } from "../EntryLink/EntryLink.tsx";
import { roleLabel } from "../person/roleLabel.ts";
import type { ParticipantListMessages } from "./messages.ts";
import type { PeopleQuestion } from "./useParticipantList.ts";

export interface ParticipantRowProps {
  person: Participant;
  /** Name to show. Differs from that of other people in the list. */
  name: string;
  text: ParticipantListMessages;
  guestNames: readonly string[];
  session: SessionTimes | undefined;
  /** Id of the element with the reason why the people are locked. Then no entry link is shown. */
  lockedById: string | undefined;
  onAsk: (question: PeopleQuestion) => void;
}

/** A participant with buttons and the entry link. */
export function ParticipantRow({ person, name, text, guestNames, session, lockedById, onAsk }: ParticipantRowProps) {
  return (
    <li className="coviu-participant">
      <PersonFace person={person} name={name} text={text} hint={lockedById ? undefined : hintFor(person, text)} />
      <div className="coviu-row" data-align="end">
        <Button
          variant="quiet"
          shape="icon"
          size="small"
          icon="edit"
          aria-label={text.editFor(name)}
          reason={lockedById}
          onClick={() => onAsk({ kind: "edit", person })}
        />
        <Button
          variant="quiet"
          shape="icon"
          size="small"
          icon="close"
          data-action="remove"
          aria-label={text.removeFor(name)}
          reason={lockedById}
          onClick={() => onAsk({ kind: "remove", person })}
        />
      </div>
      {/* Only a host gets *Join*, so that staff do not enter as a guest by mistake. */}
      {!lockedById && (
        <EntryLink
          participant={person}
          name={name}
          session={isHost(person) ? session : undefined}
          guestNames={guestNames}
        />
      )}
    </li>
  );
}

export interface PersonFaceProps {
  person: Participant;
  name: string;
  text: ParticipantListMessages;
  hint: ReactNode;
}

/** Picture or initials, name, role and a hint. */
export function PersonFace({ person, name, text, hint }: PersonFaceProps) {
  const { pictureHosts } = useCoviuSettings();
  const host = isHost(person);
  return (
    <>
      <Avatar name={name} picture={trustedPictureUrl(person.picture, pictureHosts)} role={host ? "host" : "guest"} />
      <div>
        <p className="coviu-participant-name">
          <bdi className="coviu-text" translate="no">
            {name}
          </bdi>{" "}
          <RoleTag host={host}>{roleLabel(participantRole(person), text)}</RoleTag>
        </p>
        {hint && <p className="coviu-hint">{hint}</p>}
      </div>
    </>
  );
}

function hintFor(person: Participant, text: ParticipantListMessages): string | undefined {
  const role = participantRole(person);
  return role === "HOST" ? text.hostHint : role === "GUEST" ? text.guestHint : undefined;
}
