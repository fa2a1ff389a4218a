comment on table outside_line is 'Every system outside that is asked or told something: since when it does not answer; of the benefit system and civil affairs also how far their notices were read.';
