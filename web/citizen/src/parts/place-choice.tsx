import { DivisionPicker, useDivisions } from '@yingdeng/web-shared/division-picker.tsx';
import { useState } from 'react';
import type { Place } from '../data/place.ts';

/** Whose rules and offices are shown, and how to show another place's. */
export function PlaceChoice({ place, onChange }: { place: Place; onChange: (place: Place) => void }) {
  const [open, setOpen] = useState(false);
  return (
    <div className="place">
      <p>
        现在看的是：<strong>{place.name}</strong>　
        <button type="button" className="button quiet swap" aria-expanded={open} onClick={() => setOpen(!open)}>
          换个地方
        </button>
      </p>
      {open && (
        <Pick
          onPicked={(next) => {
            onChange(next);
            setOpen(false);
          }}
        />
      )}
    </div>
  );
}

function Pick({ onPicked }: { onPicked: (place: Place) => void }) {
  const [code, setCode] = useState('');
  const table = useDivisions();
  const ready = code !== '' && !code.endsWith('0000');
  return (
    <div className="card stack">
      <DivisionPicker name="要看的地方" value={code} onChange={setCode} />
      <div className="actions">
        <button
          type="button"
          className="button"
          aria-disabled={!ready}
          onClick={() => ready && table && onPicked({ division: code, name: table.divisionName(code) })}
        >
          看这里的
        </button>
        <p className="small soft">选到市就可以，也可以选到县（市、区）。</p>
      </div>
    </div>
  );
}
