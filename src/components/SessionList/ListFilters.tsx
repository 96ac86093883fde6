import { forwardRef } from "react";

import { DateField } from "../../ui/DateField.tsx";
import { Icon } from "../../ui/Icon.tsx";
import type { SessionListMessages } from "./messages.ts";
import type { useSessionList } from "./useSessionList.ts";

interface ListFiltersProps {
  list: ReturnType<typeof useSessionList>;
  text: SessionListMessages;
}

/** The `ref` is that of the search field. */
export const ListFilters = forwardRef<HTMLInputElement, ListFiltersProps>(function ListFilters({ list, text }, ref) {
  const { filters, change, people, search, setSearch } = list;
  const { view, person, range, order } = filters;
  const ranges = text.ranges(view);
  return (
    <div className="coviu-filters" role="search" aria-label={text.filters}>
      <div className="coviu-search">
        <Icon name="search" />
        <input
          ref={ref}
          className="coviu-input"
          type="search"
          aria-label={text.search}
          placeholder={text.search}
          value={search}
          onChange={(event) => setSearch(event.target.value)}
        />
      </div>
      {people.length > 0 && (
        <Choice
          label={text.person}
          value={person ?? ""}
          options={[["", text.everyone], ...people.map(({ state, name }) => [state, name] as const)]}
          onChange={(value) => change({ person: value || undefined })}
        />
      )}
      {view !== "active" && (
        <Choice
          label={text.dates}
          value={range}
          options={[
            ["week", ranges.week],
            ["today", ranges.today],
            ["month", ranges.month],
            ["custom", ranges.custom],
          ]}
          onChange={(value) => change({ range: value })}
        />
      )}
      <Choice
        label={text.order}
        value={order}
        options={[
          ["forward", text.orders.forward],
          ["reverse", text.orders.reverse],
        ]}
        onChange={(value) => change({ order: value })}
      />
      {range === "custom" && (
        <>
          <DateField label={text.from} value={filters.from} onChange={(from) => change({ from })} />
          <DateField label={text.to} value={filters.to} onChange={(to) => change({ to })} />
        </>
      )}
    </div>
  );
});

interface ChoiceProps<Value extends string> {
  label: string;
  value: Value;
  options: readonly (readonly [Value, string])[];
  onChange: (value: Value) => void;
}

function Choice<Value extends string>({ label, value, options, onChange }: ChoiceProps<Value>) {
  return (
    <div className="coviu-field">
      <div className="coviu-select">
        <select
          className="coviu-input"
          aria-label={label}
          value={value}
          onChange={(event) => {
            const chosen = options[event.target.selectedIndex];
            if (chosen) onChange(chosen[0]);
          }}
        >
          {options.map(([option, name]) => (
            <option key={option} value={option}>
              {name}
            </option>
          ))}
        </select>
        <Icon name="down" />
      </div>
    </div>
  );
}
