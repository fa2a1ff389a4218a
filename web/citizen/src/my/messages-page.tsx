import { call } from '@yingdeng/web-shared/api.ts';
import { instantText } from '@yingdeng/web-shared/date-text.ts';
import { usePageTitle } from '../parts/title.ts';
import { MyFrame } from './my-frame.tsx';
import { PagedList } from './paged-list.tsx';

/** Messages sent to the worker. */
export function Page() {
  usePageTitle('收到的消息');
  return (
    <MyFrame heading="收到的消息">
      <PagedList
        name="messages"
        read={async (after, signal) => {
          const { messages, next } = await call('getMyMessages', { query: { after }, signal });
          return { items: messages, next };
        }}
        draw={(message) => (
          <li key={message.id}>
            <p>{message.body}</p>
            <p className="small soft">
              {instantText(message.at)}，{message.stateText}
            </p>
            {message.failed && (
              <p className="small">短信没有收到的，请看看登记的手机号对不对，可以在“我的信息”里改。</p>
            )}
          </li>
        )}
        empty={{ heading: '还没有消息', text: '办理有进展时，我们会发短信，也会放在这里。', icon: 'mail' }}
      />
    </MyFrame>
  );
}
