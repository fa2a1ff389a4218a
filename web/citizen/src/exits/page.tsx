import { useEffect, useState } from 'react';
import { loadWholeFont } from '../font.ts';
import { icons } from '../parts/icons.tsx';
import { usePageTitle } from '../parts/title.ts';
import { ChooseFile } from './choose-file.tsx';
import { Outcome } from './outcome.tsx';
import { Running } from './running.tsx';
import { canCheck, useChecker } from './use-checker.ts';
import './exits.css';

/** Checks an exit file against the annex of M79 (M79X-2 to M79X-4) wholly in the browser; for any county's vendor. */
export function Page() {
  usePageTitle('核对退出数据文件');
  const { state, check, repair, cancel, again } = useChecker();
  const over = useDropAnywhere(check);
  useEffect(() => void loadWholeFont(), []);

  return (
    <div className="wide">
      <div className="stack loose">
        <div className="column stack tight">
          <h1>核对退出数据文件</h1>
          <p className="lead">上传全国平台之前，按人社厅发〔2020〕79号附件逐行核对失业登记退出数据。</p>
        </div>
        <p className="note exits-private">
          {icons.shield}
          <span>
            <strong>文件不离开本机。</strong>
            核对全在浏览器里进行，不上传、不保存；页面打开后，断网也能用。
          </span>
        </p>
        {!canCheck() ? (
          <div className="note bad" role="alert">
            <strong>这个浏览器太旧，不能在网页里核对。</strong>
            <p>请换用2020年以后的Chrome、Edge、Firefox或Safari，或使用命令 yingdeng exits check。</p>
          </div>
        ) : (
          <>
            {state.step === 'checking' && <Running state={state} onCancel={cancel} />}
            {state.step === 'checked' && <Outcome state={state} onRepair={repair} onCancel={cancel} onAgain={again} />}
            {(state.step === 'idle' || state.step === 'failed') && (
              <ChooseFile state={state} over={over} onFile={check} />
            )}
          </>
        )}
        {state.step !== 'checking' && state.step !== 'checked' && <WhatFiles />}
      </div>
    </div>
  );
}

/** A file dropped beside the box would otherwise be opened by the browser instead of this page. */
function useDropAnywhere(onFile: (file: File) => void): boolean {
  const [over, setOver] = useState(false);
  useEffect(() => {
    const drag = (event: DragEvent) => {
      event.preventDefault();
      setOver(event.type === 'dragover');
    };
    const drop = (event: DragEvent) => {
      event.preventDefault();
      setOver(false);
      const [file] = Array.from(event.dataTransfer?.files ?? []);
      if (file && canCheck()) onFile(file);
    };
    window.addEventListener('dragover', drag);
    window.addEventListener('dragleave', drag);
    window.addEventListener('drop', drop);
    return () => {
      window.removeEventListener('dragover', drag);
      window.removeEventListener('dragleave', drag);
      window.removeEventListener('drop', drop);
    };
  });
  return over;
}

function WhatFiles() {
  return (
    <section className="column stack tight">
      <h2>可以核对什么文件</h2>
      <ul className="plain-list">
        <li>CSV或文本文件，各列用逗号或制表符分隔，值可以加引号。Excel文件请先另存为CSV。</li>
        <li>第一行写指标编码（AAB301、AAZ341……）或指标名称，顺序不限；没有表头的，按附件的顺序。</li>
        <li>编码为UTF-8或GB18030，自动识别。GBK文件按GB18030读取；GBK里没有的生僻字已经丢失，找不回来。</li>
        <li>多一列AAC004（性别）的，会与号码核对。</li>
        <li>行数不限，一百万行约需几秒。</li>
      </ul>
    </section>
  );
}
