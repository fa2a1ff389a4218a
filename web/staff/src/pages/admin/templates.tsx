import { useQuery } from '@tanstack/react-query';
import { messageTemplate, type TemplateName, templateNames } from '@yingdeng/rules/messages/templates.ts';
import { fillTemplate } from '@yingdeng/rules/messages/text.ts';
import { call } from '@yingdeng/web-shared/api.ts';
import { Button } from 'antd';
import { useSearchParams } from 'react-router';
import { useToday } from '../../lib/dates.ts';
import { Clause } from '../../parts/clause.tsx';
import { Field } from '../../parts/field.tsx';
import { Page } from '../../parts/page.tsx';
import { Failed, Loading } from '../../parts/states.tsx';
import { useSession } from '../../session/use-session.ts';
import { RangeSelect, useOwnDivision } from './range-select.tsx';
import { TemplateDrawer } from './template-drawer.tsx';
import { partsText, type Template, Whose } from './template-model.tsx';
import '../../styles/admin.css';
import '../../styles/templates.css';

const groups = ['申请', '登记', '退出'] as const;

/** 消息模板: what is written to workers on each occasion, by place and version. */
export default function TemplatesPage() {
  const today = useToday();
  const { data: session } = useSession();
  const top = useOwnDivision();
  const [query, setQuery] = useSearchParams();
  // An administrator of a street or community writes for the own office.
  const office = session?.office?.office ?? '';
  const division = office.length > 6 ? office : (query.get('division') ?? top);
  const open = templateNames.find((name) => name === query.get('open'));
  const put = (change: Record<string, string>) => {
    const next = new URLSearchParams(query);
    for (const [name, value] of Object.entries(change)) {
      if (value) next.set(name, value);
      else next.delete(name);
    }
    setQuery(next, { replace: true });
  };
  const { data, error, refetch } = useQuery({
    queryKey: ['message-templates', division],
    queryFn: ({ signal }) => call('getMessageTemplates', { query: { division }, signal }),
    enabled: division !== '',
  });
  const byName = new Map(data?.templates.map((one) => [one.name, one]));
  const opened = open && byName.get(open);
  return (
    <Page title="消息模板" hint="发给劳动者的每一种消息写什么。改动是发布新版本，从启用日期起发出；以前发出的不变。">
      {office.length <= 6 && (
        <div className="filters">
          <Field label="适用地区" className="filter-wide">
            <RangeSelect value={division} onChange={(code) => put({ division: code, open: '' })} />
          </Field>
        </div>
      )}
      {error ? (
        <Failed error={error} retry={() => void refetch()} />
      ) : !data ? (
        <Loading />
      ) : (
        groups.map((group) => (
          <section key={group} className="template-group" aria-labelledby={`group-${group}`}>
            <h2 id={`group-${group}`}>{group}</h2>
            <ul className="templates">
              {templateNames
                .filter((name) => messageTemplate(name).group === group)
                .map((name) => {
                  const template = byName.get(name);
                  return (
                    template && (
                      <Line
                        key={name}
                        name={name}
                        template={template}
                        division={division}
                        today={today}
                        open={() => put({ open: name })}
                      />
                    )
                  );
                })}
            </ul>
          </section>
        ))
      )}
      {open && opened && (
        <TemplateDrawer
          key={`${division}-${open}`}
          name={open}
          template={opened}
          division={division}
          today={today}
          close={() => put({ open: '' })}
        />
      )}
    </Page>
  );
}

function Line({
  name,
  template,
  division,
  today,
  open,
}: {
  name: TemplateName;
  template: Template;
  division: string;
  today: string;
  open: () => void;
}) {
  const { title, sample, clause } = messageTemplate(name);
  const text = fillTemplate(name, template.inForce.text, sample);
  const waiting = template.versions.find(({ from }) => from > today);
  return (
    <li className="template">
      <div className="template-head">
        <h3>{title}</h3>
        <Whose template={template} division={division} />
        {waiting && (
          <span className="tag tag-near">
            第{waiting.version}版<span className="num">{waiting.from}</span>起
          </span>
        )}
        <span className="quiet">{partsText(text)}</span>
        {clause && <Clause id={clause} />}
        <Button size="small" onClick={open} aria-label={`${title}：修改和查看版本`}>
          修改、版本
        </Button>
      </div>
      <p className="template-text">{text}</p>
    </li>
  );
}
