/// <reference path="globals.d.ts" />
