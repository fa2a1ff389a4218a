/** Where a figure or a duty comes from: 「依据：人社厅发〔2020〕79号 一（二）」. The clause is never torn apart by a line's end. */
export function Cite({ document, clause }: { document: string; clause: string }) {
  return (
    <>
      依据：<span className="keep">{document}</span> <span className="keep">{clause}</span>
    </>
  );
}
