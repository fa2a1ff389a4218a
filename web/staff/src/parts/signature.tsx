import { type Point, signatureBox, signaturePath, toBox } from '@yingdeng/web-shared/signature.ts';
import { Button } from 'antd';
import { type PointerEvent, useRef, useState } from 'react';

/** A signature as it was drawn. */
export function SignatureView({ path, name }: { path: string; name: string }) {
  return (
    <svg
      className="signature"
      viewBox={`0 0 ${signatureBox.width} ${signatureBox.height}`}
      role="img"
      aria-label={`${name}的签名`}
    >
      <path d={path} />
    </svg>
  );
}

/** The pad the applicant signs on, with pen, finger or mouse. The path is '' until something is drawn. */
export function SignaturePad({
  path,
  onChange,
  describedBy,
}: {
  path: string;
  onChange: (path: string) => void;
  describedBy?: string;
}) {
  const strokes = useRef<Point[][]>([]);
  const drawing = useRef(false);
  const [live, setLive] = useState('');
  const point = (event: PointerEvent<SVGSVGElement>) => toBox(event, event.currentTarget.getBoundingClientRect());
  const draw = () => setLive(signaturePath(strokes.current));
  function end(): void {
    if (!drawing.current) return;
    drawing.current = false;
    onChange(signaturePath(strokes.current));
  }
  function clear(): void {
    strokes.current = [];
    setLive('');
    onChange('');
  }
  return (
    <div className="pad">
      <svg
        className="pad-box"
        viewBox={`0 0 ${signatureBox.width} ${signatureBox.height}`}
        role="img"
        aria-label={path ? '签名板：已签名' : '签名板：请申请人在此签名'}
        aria-describedby={describedBy}
        onPointerDown={(event) => {
          event.currentTarget.setPointerCapture(event.pointerId);
          drawing.current = true;
          strokes.current = path ? [...strokes.current, [point(event)]] : [[point(event)]];
          draw();
        }}
        onPointerMove={(event) => {
          if (!drawing.current) return;
          strokes.current.at(-1)?.push(point(event));
          draw();
        }}
        onPointerUp={end}
        onPointerCancel={end}
      >
        {!live && !path && (
          <text x="300" y="112" textAnchor="middle" className="pad-hint">
            请申请人本人在此签名
          </text>
        )}
        <path d={live || path} />
      </svg>
      <Button size="small" onClick={clear} disabled={!path}>
        重签
      </Button>
    </div>
  );
}
