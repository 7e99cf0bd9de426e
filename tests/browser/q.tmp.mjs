import { openBrowser } from "./lib/browser.mjs";
import { createServer } from "node:http";
import { readFile } from "node:fs/promises";
import { gzipSync } from "node:zlib";
import { extname } from "node:path";
const T={".html":"text/html",".js":"text/javascript",".css":"text/css",".json":"application/json"};
const site=process.argv[2]; let log=[];
const s=createServer(async(q,r)=>{const p=new URL(q.url,"http://x").pathname;const f=site+(p.endsWith("/")?p+"index.html":p);try{const b=gzipSync(await readFile(f));log.push([p,b.length]);r.writeHead(200,{"content-type":T[extname(f)]||"application/octet-stream","content-encoding":"gzip"});r.end(b)}catch{r.writeHead(404).end()}});
await new Promise(d=>s.listen(0,"127.0.0.1",d));
const b=await openBrowser(); const page=await b.newPage();
await page.goto(`http://127.0.0.1:${s.address().port}/search/?q=integrated+care`); await page.locator("#status",{hasText:/\d/}).waitFor();
const sum=()=>{const t=log.reduce((a,x)=>a+x[1],0);console.log(t,log.map(x=>x[0].split("/").pop()+":"+x[1]).join(" "));log=[]};sum();
for (const q of process.argv.slice(3)){ await page.evaluate((typed)=>new Promise(ok=>{const st=document.getElementById("status");const o=new MutationObserver(()=>{o.disconnect();ok()});o.observe(st,{childList:true});const bx=document.getElementById("q");bx.value=typed;bx.dispatchEvent(new Event("input",{bubbles:true}))}),q); console.log(q, await page.locator("#status").innerText()); sum();}
await b.close(); s.close();
