import { Modal } from 'antd';

const keys: readonly (readonly [where: string, rows: readonly (readonly [key: string, does: string])[]])[] = [
  [
    '各页',
    [
      ['/', '到搜索框'],
      ['?', '显示快捷键'],
      ['Esc', '关闭对话框'],
    ],
  ],
  [
    '列表',
    [
      ['j', '下一行'],
      ['k', '上一行'],
      ['Enter', '打开'],
      ['r', '刷新'],
      ['m', '加载更多'],
      ['x', '选择'],
      ['t', '我来办'],
      ['a', '分派经办人（督导）'],
    ],
  ],
  [
    '业务页',
    [
      ['d', '登记（待办结的申请）'],
      ['c', '记录联系'],
      ['e', '提出退出'],
      ['Ctrl+Enter', '提交打开的表单'],
      ['j', '下一件'],
      ['k', '上一件'],
      ['b', '回列表'],
      ['r', '刷新'],
    ],
  ],
  [
    '窗口登记',
    [
      ['Enter', '下一项'],
      ['Ctrl+Enter', '提交'],
      ['1–13', '在失业原因中直接按编号选择'],
    ],
  ],
];

/** All shortcuts, shown by ?. */
export function ShortcutsHelp({ open, close }: { open: boolean; close: () => void }) {
  return (
    <Modal open={open} onCancel={close} footer={null} title="快捷键" width={560}>
      <div className="keys">
        {keys.map(([where, rows]) => (
          <section key={where}>
            <h2>{where}</h2>
            <dl>
              {rows.map(([key, does]) => (
                <div key={key}>
                  <dt>
                    <kbd>{key}</kbd>
                  </dt>
                  <dd>{does}</dd>
                </div>
              ))}
            </dl>
          </section>
        ))}
      </div>
    </Modal>
  );
}
