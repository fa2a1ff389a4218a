import { type PointerEvent as ReactPointerEvent, useRef, useState } from 'react';
import { isSignature, type Point, type Stroke, signatureBox, signaturePath, toBox } from './signature.ts';

interface Props {
  /** The path when enough has been drawn, undefined when the pad is empty or holds only a dot. */
  onChange: (path: string | undefined) => void;
  id?: string;
  describedBy?: string;
  /** Text of the button that empties the pad. */
  clearText?: string;
}

/** A pad to sign on with finger, pen or mouse. Draws in a box of 600 × 200 whatever its size on the screen. */
export function SignaturePad({ onChange, id, describedBy, clearText = '擦掉重写' }: Props) {
  const [strokes, setStrokes] = useState<readonly Stroke[]>([]);
  const drawing = useRef<Point[] | undefined>(undefined);
  const pointer = useRef<number | undefined>(undefined);

  const put = (next: readonly Stroke[], finished: boolean) => {
    setStrokes(next);
    if (finished) onChange(isSignature(next) ? signaturePath(next) : undefined);
  };

  const down = (event: ReactPointerEvent<SVGSVGElement>) => {
    if (pointer.current !== undefined || event.button !== 0) return;
    event.preventDefault();
    event.currentTarget.setPointerCapture(event.pointerId);
    pointer.current = event.pointerId;
    drawing.current = [toBox(event, event.currentTarget.getBoundingClientRect())];
    put([...strokes, drawing.current], false);
  };
  const move = (event: ReactPointerEvent<SVGSVGElement>) => {
    const stroke = drawing.current;
    if (!stroke || pointer.current !== event.pointerId) return;
    const rect = event.currentTarget.getBoundingClientRect();
    const events = event.nativeEvent.getCoalescedEvents?.() ?? [];
    for (const each of events.length > 0 ? events : [event]) stroke.push(toBox(each, rect));
    put([...strokes.slice(0, -1), [...stroke]], false);
  };
  const up = (event: ReactPointerEvent<SVGSVGElement>) => {
    if (!drawing.current || pointer.current !== event.pointerId) return;
    put([...strokes.slice(0, -1), drawing.current], true);
    drawing.current = undefined;
    pointer.current = undefined;
  };
  const { width, height } = signatureBox;

  return (
    <div className="pad">
      <svg
        id={id}
        className="pad-box"
        viewBox={`0 0 ${width} ${height}`}
        role="img"
        aria-label={strokes.length > 0 ? '签名区，已写' : '签名区，空白'}
        aria-describedby={describedBy}
        onPointerDown={down}
        onPointerMove={move}
        onPointerUp={up}
        onPointerCancel={up}
        style={{ touchAction: 'none' }}
      >
        <path className="pad-line" d={`M30 ${height - 42}H${width - 30}`} />
        <path className="pad-ink" d={signaturePath(strokes)} />
        {strokes.length === 0 && (
          <text className="pad-word" x={width / 2} y={height / 2 + 6} textAnchor="middle">
            在这里手写您的姓名
          </text>
        )}
      </svg>
      <button
        type="button"
        className="button quiet"
        disabled={strokes.length === 0}
        onClick={() => {
          setStrokes([]);
          onChange(undefined);
        }}
      >
        {clearText}
      </button>
    </div>
  );
}
