// The console keeps its shell by the portal's rules, in a store of its own.
importScripts('/sw.js');
