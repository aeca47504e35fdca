var{ceil:Ca}=Math,La=new Uint32Array(1114112);var Oe={failure:1,usage:2,badData:3,noGpu:4,diverged:5,interrupted:130},gt=(o,e="")=>e===""?`"${o}"`:`${o}=${e}`,bt={setting:gt,command(o,e={}){let t=Object.entries(e).map(([r,s])=>gt(r,s));return`the command "${o}"${t.length>0?" with ":""}${t.join(" and ")}`}};function ie(o,e){return Te(typeof o=="string"?o:o(e))}var Go=/[\u0000-\u0009\u000b-\u001f\u007f-\u009f\u2028-\u202e\u2066-\u2069]/g;function Te(o){return o.replace(Go,e=>{let t=e.charCodeAt(0).toString(16).padStart(4,"0");return e==="	"?"\\t":e==="\r"?"\\r":`\\u${t}`})}var j=class extends Error{exitCode;name;nextStep;#e;#t;constructor(e,t,r=Oe.failure){super(ie(e,bt)),this.exitCode=r,this.name="BandpassError",t!==void 0&&(this.nextStep=ie(t,bt)),this.#e=e,this.#t=t}told(e){let t=this.#t&&ie(this.#t,e);return{message:ie(this.#e,e),nextStep:t}}};var k=class extends j{name="GpuError";constructor(e,t){super(e,t,Oe.noGpu)}};var Pe=class extends j{name="InterruptedError";constructor(e,t){super(e,t,Oe.interrupted)}};function ue(o){if(o?.aborted)throw new Pe("Interrupted; nothing is saved","Run it again")}function d(o,e={},...t){return _t(document.createElement(o),e,t)}function Q(o,e,...t){return _t(document.createElementNS("http://www.w3.org/2000/svg",o),e,t)}function $(o){let e=document.getElementById(o);if(e===null)throw new Error(`The page has no "${o}"`);return e}function Ce(o,e,t){let r=d("select",{},...e.map((s,n)=>d("option",{value:String(n)},s)));return r.addEventListener("change",()=>t(r.selectedIndex)),d("label",{class:"control"},`${o} `,r)}function vt(o,e,t){let r=d("input",{type:"checkbox"});return r.checked=e,r.addEventListener("change",()=>t(r.checked)),d("label",{class:"control"},r,` ${o}`)}function _t(o,e,t){for(let[r,s]of Object.entries(e))s!==void 0&&o.setAttribute(r,s);for(let r of t)r!==void 0&&o.append(typeof r=="string"?Te(r):r);return o}function yt({view:o,id:e,run:t,beside:r}){let s=new URLSearchParams;return o!=="start"&&s.set(o,e),t!==void 0&&s.set("run",t),r!==void 0&&s.set("beside",r),`#${s}`}function xt(o){let e=new URLSearchParams(o.slice(1)),t=["user","item","inside"].find(r=>e.has(r))??"start";return{view:t,id:e.get(t)??"",run:e.get("run")??void 0,beside:e.get("beside")??void 0}}function Le(o){return o.toLocaleString("en-US")}function C(o,e){return`${Le(o)} ${e}${o===1?"":"s"}`}function G(o,e,t){let r=Math.max(0,...e.map(({value:a})=>a)),s=Math.min(0,...e.map(({value:a})=>a)),n=r-s||1;return d("table",{class:"bars"},d("caption",{},o),d("tbody",{},...e.map(({name:a,value:i})=>{let c=d("div",{class:i<0?"bar negative":"bar"});c.style.setProperty("--from",String((Math.min(0,i)-s)/n)),c.style.setProperty("--length",String(Math.abs(i)/n));let u=d("td",{class:"drawing","aria-hidden":"true"},c);return d("tr",{},d("th",{scope:"row"},a),u,d("td",{class:"number"},t(i)))})))}function Z({caption:o,corner:e="",columns:t,rows:r},s){let n=Math.max(...r.flatMap(({values:u})=>u.map(Math.abs)))||1,a=u=>{let l=d("td",{class:u<0?"heat negative":"heat"},s(u));return l.style.setProperty("--share",String(Math.abs(u)/n)),l},i=t.map(u=>d("th",{scope:"col"},u)),c=r.map(({name:u,values:l})=>d("tr",{},d("th",{scope:"row"},u),...l.map(a)));return d("div",{class:"wide",tabindex:"0",role:"group","aria-label":o},d("table",{class:"numbers"},d("caption",{},o),d("thead",{},d("tr",{},d("td",{},e),...i)),d("tbody",{},...c)))}function ee(o){if(o===0)return"0";let e=Math.abs(o);if(e<1e-4||e>=1e6)return o.toExponential(2).replace("-","\u2212").replace("e+","e");let t=Math.max(0,2-Math.floor(Math.log10(e)));return o.toFixed(t).replace("-","\u2212")}function D(o){let e=Math.max(...o.map(Math.abs));if(!(e>=1e-4&&e<1e6))return ee;let t=Math.max(0,3-Math.floor(Math.log10(e)));return r=>r.toFixed(t).replace("-","\u2212")}function kt(o){return`${(100*o).toFixed(1)} %`}var Do={width:640,height:260,left:24,right:8,top:12,bottom:36};function St({eigenvalues:o,bands:e,modalities:t}){let r=n=>(1-o[n]).toFixed(3),s=e.map(({first:n,end:a},i)=>n===a?`band ${i}: none`:`band ${i}: frequencies ${r(n)} to ${r(a-1)}`);return d("section",{"aria-labelledby":"spectrum"},d("h2",{id:"spectrum"},"Spectrum"),d("p",{},`The ${o.length} lowest frequencies of the graph of users and items: an eigenvector of eigenvalue \u03BB has frequency 1 \u2212 \u03BB, and varies the more from neighbour to neighbour, the higher that is.`),Ko(o,e),d("div",{class:"side-by-side"},...t.map(({name:n,bands:a,remainder:i})=>G(`Where the energy of ${n} is`,[...a.map((c,u)=>({name:s[u],value:c})),{name:"higher frequencies",value:i}],kt))))}function Ko(o,e){let{width:t,height:r,left:s,right:n,top:a,bottom:i}=Do,c=Math.max(1,o.length-1),u=Math.max(1e-9,...o.map(p=>1-p)),l=p=>s+(t-s-n)*p/c,f=p=>r-i-(r-a-i)*p/u,m=(p,g,b,_)=>Q("text",{x:String(p),y:String(g),"text-anchor":_},b),w=e.filter(({first:p,end:g})=>p<g).map(({first:p,end:g},b)=>{let[_,y]=[l(Math.max(0,p-.5)),l(Math.min(c,g-.5))];return Q("rect",{class:`band band-${b%3}`,x:String(_),y:String(a),width:String(Math.max(1,y-_)),height:String(r-a-i)})}),h=o.map((p,g)=>`${g===0?"M":"L"}${l(g).toFixed(1)} ${f(1-p).toFixed(1)}`);return Q("svg",{class:"spectrum",viewBox:`0 0 ${t} ${r}`,role:"img","aria-label":`Frequencies of ${o.length} eigenvectors, from ${(1-o[0]).toFixed(3)} to ${u.toFixed(3)}, in ${e.length} bands`},...w,Q("path",{class:"line",d:h.join("")}),m(s-6,f(0)+4,"0","end"),m(s+4,f(u)+18,u.toFixed(3),"start"),m(s,r-i+16,"0","start"),m(t-n,r-i+16,String(c),"end"),m((s+t-n)/2,r-4,"eigenvector, by frequency","middle"))}function $t({spectrum:o},e){return d("div",{},o===void 0?void 0:St(o),d("div",{class:"columns"},...e.map(Vo)))}function Vo({name:o,model:e,description:t,seed:r,metrics:s,tables:n}){let a=Object.entries(n).map(([c,u])=>Ho(c,u)),i=Object.entries(s).filter(([c])=>c.endsWith("@20"));return d("section",{class:"run"},d("h2",{},`Inside ${o}`),d("p",{},`${e}: ${t}. Seed ${r}.`),i.length===0?void 0:d("dl",{class:"metrics"},...i.map(([c,u])=>d("div",{},d("dt",{},`test ${c}`),d("dd",{},u.toFixed(4))))),...a,a.length===0?d("p",{class:"quiet"},"This model tells nothing of its inside."):void 0)}function Ho(o,e){let{columns:t,rows:r,count:s,mean:n,strata:a={}}=e;if(r!==void 0){let u=Object.entries(r).map(([l,f])=>({name:l,values:f}));return Z({caption:o,columns:t,rows:u},D(Object.values(r).flat()))}let i={all:{count:s??0,mean:n??[]},...a},c=Object.values(i).flatMap(({mean:u})=>u);return Z({caption:`${o}, mean of each segment`,columns:t,rows:Object.entries(i).map(([u,l])=>({name:`${u} (${Le(l.count)})`,values:l.mean}))},D(c))}async function ce(o){await Promise.race([o.queue.onSubmittedWorkDone().catch(()=>{}),o.lost]),o.destroy()}var Bt={maxBufferSize:4294967296,maxStorageBufferBindingSize:2147483648,maxStorageBuffersPerShaderStage:10,maxComputeWorkgroupStorageSize:32768,maxComputeInvocationsPerWorkgroup:256,maxComputeWorkgroupSizeX:256};var Yo={products:["registers","wide registers","subgroups","textures","workgroups"],sparseProducts:["invocations","subgroups","textures"],sums:["invocations","workgroups"],lists:["tournament","radix selection"]},ai=Object.keys(Yo),te={products:"registers",sparseProducts:"invocations",sums:"workgroups",lists:"radix selection"},Mt={products:"subgroups",sparseProducts:"subgroups",sums:"invocations",lists:"tournament"},zt={lavapipe:{...Mt,products:"textures",sparseProducts:"textures"},software:Mt,nvidia:{...te,products:"workgroups"},amd:te,intel:te,apple:te,other:te},Jo=[["nvidia",/^4318\b|nvidia|geforce|tesla|quadro/i],["amd",/^4098\b|\bamd\b|radeon/i],["intel",/^32902\b|intel/i],["apple",/^4203\b|apple/i]];function At({vendor:o,description:e},t){let r=`${o} ${e}`;return t?/llvmpipe|lavapipe/i.test(r)?"lavapipe":"software":Jo.find(([,s])=>s.test(r))?.[0]??"other"}var Ut=/var<uniform>\s*uniforms\s*:\s*Uniforms\s*;/;function Et(o){return!Ut.test(o)||/\b(?:workgroup|storage)Barrier\(/.test(o)?o:o.replace(Ut,"var<uniform> given: Uniforms; var<private> uniforms: Uniforms;").replace(/\bfn main\([^{]*\{/,"$& uniforms = given;")}function Pt(o,e){let t=new Set([...o.matchAll(/override\s+(\w+)\s*:\s*bool\s*=\s*false/g)].map(([,a])=>a)),r=new Set,s=[...o.matchAll(/\bif\s*\((\w+)\)\s*\{|[{}]/g)];for(let a of Xo(o,e)){if(!Qo(o.slice(0,a),o.slice(a+e.length)))continue;let i=[];for(let{0:c,1:u,index:l}of s){if(l+c.length>a)break;c==="}"?i.pop():i.push(u)}r.add(i.findLast(c=>c!==void 0&&t.has(c)))}if(r.size===0)return!1;let[n]=r;return r.size===1&&n!==void 0?n:!0}function Xo(o,e){let t=s=>/^\w/.test(s??""),r=[];for(let s=o.indexOf(e);s!==-1;s=o.indexOf(e,s+1))!t(o[s-1])&&!t(o[s+e.length])&&r.push(s);return r}function Qo(o,e){return o.trimEnd().endsWith(".")||/^\s*:/.test(e)?!1:!o.endsWith("arrayLength(&")&&!/^\s*=(?!=)/.test(Zo(e))}function Zo(o){let e=o;for(;/^[[.]/.test(e);){if(e[0]==="."){e=e.replace(/^\.\w+/,"");continue}let t=0,r=0;for(;r<e.length&&(e[r]==="["&&t++,e[r]==="]"&&t--,t!==0);r++);e=e.slice(r+1)}return e}var Ot=`// Stands before every kernel.

override workgroup_size: u32 = 64u;

// The index of an invocation. A dispatch has at most 65,535 groups in a dimension, so programs fold
// larger ones to two (webgpu.md, trap 3); groups of the last row that have no work return.
fn thread_index(group: vec3<u32>, groups: vec3<u32>, local: u32) -> u32 {
  return (group.y * groups.x + group.x) * workgroup_size + local;
}

// The same, with the work of neighbouring groups dealt out over equal shares of the dispatch:
// lavapipe gives each core one run of groups, so work that stands at the front of a dispatch would be
// one core's alone (bench/RESULTS.md).
fn spread_thread_index(group: vec3<u32>, groups: vec3<u32>, local: u32, shares: u32) -> u32 {
  let index = group.y * groups.x + group.x;
  let share = groups.x * groups.y / shares;
  if (index >= share * shares) { return index * workgroup_size + local; }
  return ((index % share) * shares + index / share) * workgroup_size + local;
}

// Where the texture that a buffer is read through has its vector of four numbers; gpu/texture.ts copies it there.
fn texel(n: u32) -> vec2<u32> {
  return vec2<u32>(n % 1024u, n / 1024u);
}

// Both test bits: a comparison of NaN with itself is true on some drivers (webgpu.md, trap 5).
fn is_finite(value: f32) -> bool {
  return (bitcast<u32>(value) & 0x7f800000u) != 0x7f800000u;
}

fn is_nan(value: f32) -> bool {
  return (bitcast<u32>(value) & 0x7fffffffu) > 0x7f800000u;
}
`;function v(o,...e){let t=[Ot,...e].join(`
`),r=t.replaceAll(/\/\/.*$/gm,""),s=[...r.matchAll(/@group\(0\)\s*@binding\((\d+)\)\s*var<storage,\s*(read|read_write)>\s*(\w+)/g)].map(([,l,f,m])=>({name:m,binding:Number(l),access:f,reads:f==="read"||Pt(r,m)})),n=[...r.matchAll(/@group\(0\)\s*@binding\((\d+)\)\s*var\s+(\w+)\s*:\s*texture_storage_2d<rgba32float,\s*read>/g)].map(([,l,f],m)=>({name:f,binding:Number(l),access:"read",reads:!0,texture:m})),a=[...s,...n];if(s.length===0)throw new Error(`Kernel "${o}" declares no storage buffer`);let i=r.match(/@group\(0\)\s*@binding\((\d+)\)\s*var<uniform>\s*uniforms\b/),u=[...(r.match(/struct\s+Uniforms\s*\{([^}]*)\}/)?.[1]??"").matchAll(/(\w+)\s*:\s*([\w<>]+)/g)].map(([,l,f])=>{if(f!=="u32"&&f!=="i32"&&f!=="f32")throw new Error(`Kernel "${o}": uniform "${l}" is ${f}, expected a scalar`);return{name:l,type:f}});return{name:o,source:t,bindings:a,uniformBinding:i?Number(i[1]):void 0,uniforms:u}}var Re=new WeakMap;function le(o,e,t){let r=Re.get(o);r===void 0&&Re.set(o,r=new WeakMap);let s=r.get(e);s===void 0&&r.set(e,s=new Map);let n=fe(t),a=s.get(n);return a===void 0&&s.set(n,a=os(o,e,t)),a}function Tt(o,e,t){return Re.get(o)?.get(e)?.has(fe(t))??!1}function fe(o){return JSON.stringify(o)}var ts="enable subgroups; diagnostic(off, subgroup_uniformity); ";function rs(o,{source:e}){let t=o.family==="lavapipe"?Et(e):e;return o.enablesSubgroups&&/\bsubgroup\w*\(|builtin\(subgroup_/.test(t)?ts+t:t}async function os(o,e,t){let{device:r}=o;r.pushErrorScope("validation");let s=r.createShaderModule({label:e.name,code:rs(o,e)}),n=e.bindings.map(({binding:u,access:l,texture:f})=>({binding:u,visibility:GPUShaderStage.COMPUTE,...f!==void 0?{storageTexture:{access:"read-only",format:"rgba32float"}}:{buffer:{type:l==="read"?"read-only-storage":"storage"}}}));e.uniformBinding!==void 0&&n.push({binding:e.uniformBinding,visibility:GPUShaderStage.COMPUTE,buffer:{type:"uniform"}});let a=r.createBindGroupLayout({label:e.name,entries:n}),i=r.createComputePipeline({label:e.name,layout:r.createPipelineLayout({label:e.name,bindGroupLayouts:[a]}),compute:{module:s,entryPoint:"main",constants:t}}),c=await r.popErrorScope();if(c!==null){let{messages:u}=await s.getCompilationInfo(),l=u.filter(({type:f})=>f==="error").map(f=>{let m=e.source.split(`
`)[f.lineNum-1]?.trim()??"";return`line ${f.lineNum}, column ${f.linePos}: ${f.message} in "${m}"`});throw new k(`Cannot compile the kernel "${e.name}": ${l.length>0?l.join("; "):c.message}`,({command:f})=>`Report this as a bug in Bandpass, with the output of ${f("doctor")}`)}return{pipeline:i,layout:a}}function Ct(o){let e=new Map;return o.forEach((t,r)=>t.forEach((s,n)=>{for(let{buffer:a,reads:i,writes:c}of s){let u=e.get(a)??{buffer:a,program:r,first:n,isWhole:!1,survives:!1};e.set(a,{...u,last:n,isWhole:u.isWhole||c==="whole",survives:u.survives||u.program!==r||i&&!u.isWhole})}})),[...e.values()].filter(({isWhole:t,survives:r})=>t&&!r).map(({buffer:t,program:r,first:s,last:n})=>({buffer:t,program:r,first:s,last:n}))}function Lt(o,e){let t=[],r=o.toSorted((s,n)=>e(n.buffer)-e(s.buffer));for(let s of r){let n=t.findLast(({lives:a})=>!a.some(i=>ss(s,i)));n===void 0?t.push({bytes:e(s.buffer),lives:[s]}):n.lives.push(s)}return t.map(({bytes:s,lives:n})=>({bytes:s,buffers:n.map(({buffer:a})=>a)}))}function ss(o,e){return o.program===e.program&&o.first<=e.last&&e.first<=o.last}var me=class{#e=[];#t=new Set;#r=new Map;#o;follow(e){this.#e.push(e)}keep(e){this.refuseShared(e),this.#t.add(e)}places(e){let t=this.#n(),r=e.flatMap(s=>{let n=t.get(s);return n===void 0||this.#t.has(s)?[]:[n]});return Lt(r,({bytes:s})=>s)}lend(e){let t=this.#n();for(let[{label:r},s]of this.#r){let n=t.get(s.buffer);if(!(n?.first===s.first&&n.last===s.last))throw new Error(`"${r}" shares its memory, and a program that was planned later uses it: keep() it, or plan all programs before the first is compiled`)}for(let r of e.flatMap(({buffers:s})=>s))this.#r.set(r,t.get(r))}refuseShared(e){if(this.#r.has(e))throw new Error(`"${e.label}" shares its memory: keep() it before programs are compiled`)}proceed(e,t,r){if(t!==0&&(this.#o?.program!==e||this.#o.next!==t))throw new Error(`Programs that share memory run in order: launch ${t} does not follow the last one`);this.#o={program:e,next:r}}#n(){return new Map(Ct(this.#e).map(e=>[e.buffer,e]))}};function Rt(o){return Math.ceil(o/16384)}function qt(o){return o<3?3:Number.isInteger(Math.log2(o))?o+1:o}function pe({textureRows:o},e){return o>0&&Rt(e)<=o}var de=class{#e=[];#t=[];reserve(e,t){this.#e[e]=Math.max(this.#e[e]??0,Rt(t))}get bytes(){return[...this.#t.map(({texture:{height:t}})=>t*16384),...this.#r().map(({rows:t})=>qt(t)*16384)]}allocate(e){for(let{place:t,rows:r}of this.#r())this.#t.push({place:t,texture:qe(e,r)})}at(e){let t=this.#t.findLast(r=>r.place===e);if(t===void 0)throw new Error(`Texture ${e} is not allocated`);return t.texture}destroy(){for(let{texture:e}of this.#t)e.destroy();this.#t=[],this.#e.length=0}#r(){return this.#e.flatMap((e,t)=>{let r=this.#t.findLast(s=>s.place===t)?.texture.height??0;return e>r?[{place:t,rows:e}]:[]})}};function qe(o,e){return o.createTexture({label:"what kernels read of buffers",size:[1024,Math.min(qt(e),o.limits.maxTextureDimension2D)],format:"rgba32float",usage:GPUTextureUsage.STORAGE_BINDING|GPUTextureUsage.COPY_DST})}function Ft(o,e,{offset:t,bytes:r},s){let n=Math.floor(r/16384),a=r%16384/16;if(n>0){let i={buffer:e,offset:t,bytesPerRow:16384};o.copyBufferToTexture(i,{texture:s},[1024,n])}if(a>0){let i={buffer:e,offset:t+n*16384};o.copyBufferToTexture(i,{texture:s,origin:[0,n]},[a,1])}}var L=class{gpu;#e;#t;#r;#o;textures;constructor(e,t={}){this.gpu=e,this.#e=[],this.#t=new Map,this.#r=[],this.textures=new de,t.reuse&&(this.#o=new me)}reserve(e,t,r,s){let n={label:e,owner:r,bytes:Math.max(16,Math.ceil(t/16)*16)},{maxBufferSize:a}=this.gpu.limits;if(n.bytes>a)throw new k(`Cannot allocate "${e}": it needs ${R(n.bytes)}, the largest buffer of "${this.gpu.name}" is ${R(a)}`,"Use a smaller dim or batch, or an adapter with larger buffers");return this.#e.push({allocation:n,data:s,isPadded:t<n.bytes}),n}keep(e){this.#o?.keep(e)}follow(e){this.#o?.follow(e)}proceed(e,t,r){this.#o?.proceed(e,t,r)}plan(){let e=new Map;for(let{allocation:{owner:r,bytes:s}}of this.#e){let n=e.get(r)??{owner:r,buffers:0,bytes:0};e.set(r,{owner:r,buffers:n.buffers+1,bytes:n.bytes+s})}let t=this.textures.bytes;if(t.length>0){let r={owner:"textures",buffers:t.length,bytes:Fe(t)};e.set(r.owner,r)}return[...e.values()]}get bytes(){let e=[...this.#r,...this.#n()].reduce((t,{bytes:r,buffers:s})=>t+Nt(s)-r,0);return this.bytesWithoutReuse-e}get bytesWithoutReuse(){return Nt(this.#e.map(({allocation:e})=>e))+Fe(this.textures.bytes)}get shared(){return this.#r.map(({buffers:[e]})=>this.#t.get(e))}async allocate(){let{device:e}=this.gpu,t=this.#n();this.#o?.lend(t),e.pushErrorScope("out-of-memory");for(let s of t){let n=this.#s(`shared by "${s.buffers[0].label}" and others`,s.bytes);for(let a of s.buffers)this.#t.set(a,n);this.#r.push(s)}for(let s of this.#e){let{allocation:n,data:a}=s;this.#t.has(n)||(this.#t.set(n,this.#s(n.label,n.bytes)),a!==void 0&&(this.write(n,a),s.data=void 0))}this.textures.allocate(e);let r=await e.popErrorScope();if(r!==null)throw new k(`Cannot allocate ${R(this.bytes)} on "${this.gpu.name}": ${r.message}`,({setting:s})=>`Run the command with ${s("dryRun")} to see the memory plan, and use a smaller "dim" or batch`);this.gpu.check()}#n(){let e=this.#e.filter(({allocation:t,data:r,isPadded:s})=>r===void 0&&!s&&!this.#t.has(t));return this.#o?.places(e.map(({allocation:t})=>t))??[]}#s(e,t){return this.gpu.device.createBuffer({label:e,size:t,usage:GPUBufferUsage.STORAGE|GPUBufferUsage.COPY_SRC|GPUBufferUsage.COPY_DST|GPUBufferUsage.UNIFORM})}buffer(e){let t=this.#t.get(e);if(t===void 0)throw new Error(`"${e.label}" is not allocated`);return t}ownBuffer(e){return this.#o?.refuseShared(e),this.buffer(e)}write(e,t,r=0){if(r<0||r%4!==0||r+t.byteLength>e.bytes)throw new RangeError(`Cannot write ${t.byteLength} bytes at ${r} into "${e.label}" of ${e.bytes} bytes`);t.byteLength!==0&&this.gpu.device.queue.writeBuffer(this.ownBuffer(e),r,t)}destroy(){for(let e of this.#t.values())e.destroy();this.#t.clear(),this.textures.destroy(),this.#e=[],this.#r=[]}};function R(o){return`${(o/2**20).toFixed(1)} MiB`}function Nt(o){return Fe(o.map(({bytes:e})=>e))}function Fe(o){return o.reduce((e,t)=>e+t,0)}function U(o){if("offset"in o)return o;let e="allocation"in o?o.allocation:o;return{allocation:e,offset:0,bytes:e.bytes}}function Wt(o,e){return o.allocation===e.allocation&&o.offset===e.offset&&o.bytes===e.bytes}function K(o,e){return e*4>U(o).bytes-16}function It(o){return Math.ceil(o/4)*4}function Ne(o){let e=We(o).at(-1);return e===void 0?0:e.offset+o.rows*e.columns*4}function jt(o){let{allocation:e,rows:t}=o;return We(o).map(({first:r,columns:s,offset:n})=>({first:r,columns:s,range:o.sliceColumns===void 0?U(o):{allocation:e,offset:n,bytes:t*s*4}}))}function*ns(o,e,t=0){if(o.sliceColumns===void 0)return yield{offset:t*4,words:e};let r=t+e.length;for(let{first:s,columns:n,offset:a}of We(o)){let i=Math.floor(t/o.columns),c=Math.floor((r-1)/o.columns),u=new Uint32Array((c-i+1)*n),l,f=0;for(let m=i;m<=c;m++){let w=m*o.columns+s,[h,p]=[Math.max(w,t),Math.min(w+n,r)];h>=p||(l??=m*n+h-w,u.set(e.subarray(h-t,p-t),f),f+=p-h)}l!==void 0&&(yield{offset:a+l*4,words:u.subarray(0,f)})}}function Gt(o,e){if(o.sliceColumns===void 0)return e;let t=new Uint32Array(Ne(o)/4),r=new Uint32Array(e.buffer,e.byteOffset,e.length);for(let s of ns(o,r))t.set(s.words,s.offset/4);return new Float32Array(t.buffer)}function We({rows:o,columns:e,sliceColumns:t=e}){let r=Math.ceil(o*t/64)*64*4;return Array.from({length:Math.ceil(e/t)},(s,n)=>({first:n*t,columns:Math.min(t,e-n*t),offset:n*r}))}var as=4,is=25,Dt=8,us=4;async function Kt(o,e,{onCompiled:t,signal:r}={}){let s=ls(e).filter(({kernel:i,constants:c})=>!Tt(o,i,c)).sort((i,c)=>i.kernel.source.length-c.kernel.source.length),a=o.openSibling!==void 0&&s.length>=Dt?[new he(o)]:[];try{for(let i=0,c=0;i<s.length;i=c){ue(r);let u=a.length;c=Math.min(i+as*Math.max(u,1),s.length);let l=s.slice(i,c),f=a.map((h,p)=>l.filter((g,b)=>b%u===p));for(let[h,p]of a.entries())await p.prepare(f[h]);let m=a.map(h=>h.submit());await Vt(o,l),t?.(i,s.length),await fs();let w=m[0]>is&&s.length-c>=Dt;u===1&&w&&a.push(...await cs(o))}for(let{gpu:{device:i}}of a.slice(1))await i.queue.onSubmittedWorkDone();s.length>0&&t?.(s.length,s.length),o.check()}finally{for(let i of a)i.close();for(let{gpu:i}of a.slice(1))await i.close()}}var he=class{gpu;#e;#t;#r;constructor(e){this.gpu=e,this.#e=[],this.#r=[]}async prepare(e){let t=await Vt(this.gpu,e);this.#r=e.map(({kernel:r},s)=>{let{pipeline:n,layout:a}=t[s],{uniformBinding:i}=r,c=r.bindings.map(({binding:l,texture:f})=>({binding:l,isTexture:f!==void 0}));i!==void 0&&c.push({binding:i,isTexture:!1});let u=c.map(({binding:l,isTexture:f})=>({binding:l,resource:f?(this.#t??=qe(this.gpu.device,1)).createView():{buffer:this.#e[l]??=this.#o()}}));return{pipeline:n,group:this.gpu.device.createBindGroup({layout:a,entries:u})}})}submit(){if(this.#r.length===0)return 0;let{device:e}=this.gpu,t=e.createCommandEncoder({label:"first dispatches"}),r=t.beginComputePass({label:"first dispatches"});for(let{pipeline:n,group:a}of this.#r)r.setPipeline(n),r.setBindGroup(0,a),r.dispatchWorkgroups(0);r.end();let s=performance.now();return e.queue.submit([t.finish()]),performance.now()-s}close(){for(let e of this.#e)e?.destroy();this.#t?.destroy()}#o(){return this.gpu.device.createBuffer({label:"scratch",size:1024,usage:GPUBufferUsage.STORAGE|GPUBufferUsage.UNIFORM})}};async function cs(o){let e=Math.min(us,navigator.hardwareConcurrency)-1,t=[];for(let r=0;r<e;r++){let s=await o.openSibling();t.push(new he({...o,device:s,close:()=>ce(s)}))}return t}async function Vt(o,e){return await Promise.all(e.map(({kernel:t,constants:r})=>le(o,t,r)))}function ls(o){let e=new Map;return o.filter(({kernel:t,constants:r})=>{let s=e.get(t)??new Set,n=fe(r);return s.has(n)?!1:(e.set(t,s.add(n)),!0)})}function fs(){return new Promise(o=>setTimeout(o))}var ms="copy to texture";function Ht(o,e,t,r){let s,n,a=new Map,i=()=>{s?.end(),s=n=void 0};for(let{kernel:c,pipeline:u,bindGroup:l,groups:f,textured:m,writes:w}of t){for(let h of m){let p=a.get(h.texture);p&&Wt(h.range,p.range)||(i(),ds(o,h,r?.(ms)),a.set(h.texture,h))}s??=o.beginComputePass({label:e,timestampWrites:r?.(c)}),u!==n&&s.setPipeline(n=u),s.setBindGroup(0,l),s.dispatchWorkgroups(f[0],f[1]);for(let{texture:h,buffer:p}of a.values())w.includes(p)&&a.delete(h);r!==void 0&&i()}i()}function ds(o,{buffer:e,range:t,texture:r},s){let n=a=>{if(s===void 0)return;let{querySet:i,[a]:c}=s;o.beginComputePass({timestampWrites:{querySet:i,[a]:c}}).end()};n("beginningOfPassWriteIndex"),Ft(o,e,t,r),n("endOfPassWriteIndex")}var ps=65535,Yt=256;function Xt(o,e,t){let{buffers:r,partial:s=[],completes:n=[],overwrites:a=[],uniforms:i={}}=t,{threads:c,workgroupSize:u=64}=t;Jt(e.name,"buffer",Object.keys(r),e.bindings),Jt(e.name,"uniform",Object.keys(i),e.uniforms);let l=e.bindings.filter(({access:p})=>p==="read_write");Zt(e.name,"buffer that it writes",[...s,...n,...a],l);let f=e.bindings.map(({name:p,binding:g,texture:b})=>({binding:g,range:U(r[p]),texture:b}));for(let{range:p,texture:g}of f)if(hs(o,p),!(g===void 0||pe(o,p.bytes)))throw new Error(`Kernel "${e.name}" reads "${p.allocation.label}" through a texture, which is too large`);let m=e.bindings.map(({name:p,access:g,reads:b},_)=>{let{allocation:y,bytes:N}=f[_].range,z=g==="read_write";if(z&&f.some((J,x)=>x!==_&&J.range.allocation===y))throw new Error(`Kernel "${e.name}" writes "${y.label}" (${p}) twice`);let W=typeof b=="string"?!!t.constants?.[b]:b,I=s.includes(p)||N<y.bytes&&!n.includes(p);return{buffer:y,reads:W&&!a.includes(p),writes:z?I?"part":"whole":"no"}}),w=Math.ceil(c/u),h=Math.ceil(w/ps);return{kernel:e,constants:{workgroup_size:u,...t.constants},buffers:f,uses:m,uniforms:e.uniforms.map(({name:p})=>i[p]),groups:[Math.ceil(w/h),h]}}function Qt(o){let e=o.filter(({uniforms:s})=>s.length>0),t=new DataView(new ArrayBuffer(e.length*Yt)),r=new Map;return e.forEach((s,n)=>{let a=n*Yt;r.set(s,a),s.kernel.uniforms.forEach(({type:i},c)=>{let u=s.uniforms[c];i==="f32"?t.setFloat32(a+c*4,u,!0):t.setUint32(a+c*4,u,!0)})}),{words:new Uint32Array(t.buffer),offsets:r}}function hs({limits:o,name:e},{allocation:{label:t},bytes:r}){if(!(r<=o.maxStorageBufferBindingSize))throw new k(`Cannot bind "${t}": it has ${R(r)}, "${e}" binds at most `+R(o.maxStorageBufferBindingSize),'Use a smaller "dim" or "batch", fewer feature columns or rows, or an adapter with larger bindings')}function Jt(o,e,t,r){for(let{name:s}of r)if(!t.includes(s))throw new Error(`Kernel "${o}" lacks the ${e} "${s}"`);Zt(o,e,t,r)}function Zt(o,e,t,r){for(let s of t)if(!r.some(n=>n.name===s))throw new Error(`Kernel "${o}" has no ${e} "${s}"`)}var Ie=new WeakMap,M=class{memory;name;#e;#t;#r;#o;uses;constructor(e,t){this.memory=e,this.name=t,this.#e=[],this.#t=[],this.#r=new Map,this.uses=[],e.follow(this.uses),Ie.set(e,[...Ie.get(e)??[],this])}tensor(e,t,r,s={}){let{data:n,differentiable:a=!0,owner:i=this.name,counted:c,sliceColumns:u}=s;if(n!==void 0&&n.length!==t*r)throw new Error(`"${e}" has ${n.length} values, expected ${t}\xD7${r}`);let l={rows:t,columns:r,sliceColumns:u},f=n&&Gt(l,n),m=this.memory.reserve(e,Ne(l),i,f);return{label:e,rows:t,columns:r,allocation:m,differentiable:a,counted:c,sliceColumns:u}}buffer(e,t,r){return this.memory.reserve(e,t,this.name,r)}launch(e,t){if(this.#o!==void 0)throw new Error(`"${this.name}" is already compiled`);if(t.threads===0)return;let r=Xt(this.memory.gpu,e,t);for(let{range:s,texture:n}of r.buffers)n!==void 0&&this.memory.textures.reserve(n,s.bytes);this.#e.push(r),this.uses.push(r.uses)}onBackward(e){this.#t.push(e)}backward(){for(let e of this.#t.toReversed())e();this.#t=[]}gradient(e){return this.#r.get(e)}gradientTarget(e){if(!e.differentiable)return;let t=this.#r.get(e);if(t!==void 0)return{gradient:t,accumulate:!0};let r=this.tensor(`d ${e.label}`,e.rows,e.columns,{owner:`${this.name} gradients`,sliceColumns:e.sliceColumns});return this.#r.set(e,r),{gradient:r,accumulate:!1}}get launches(){return this.#e.length}async compile(e){let{memory:t}=this,{words:r,offsets:s}=Qt(this.#e),n=this.buffer("uniforms",r.byteLength,r);await t.allocate();let{device:a}=t.gpu,i=Ie.get(t).filter(u=>u.#o===void 0);await Kt(t.gpu,i.flatMap(u=>u.#e),e);let c=await Promise.all(this.#e.map(({kernel:u,constants:l})=>le(t.gpu,u,l)));this.#o=this.#e.map((u,l)=>{let f=u.buffers.map(({binding:b,range:_,texture:y})=>({binding:b,resource:y!==void 0?t.textures.at(y).createView():{buffer:t.buffer(_.allocation),offset:_.offset,size:_.bytes}})),{uniformBinding:m,name:w}=u.kernel;m!==void 0&&f.push({binding:m,resource:{buffer:t.buffer(n),offset:s.get(u),size:Math.ceil(u.kernel.uniforms.length/4)*16}});let{pipeline:h,layout:p}=c[l],g=a.createBindGroup({label:w,layout:p,entries:f});return{kernel:w,pipeline:h,bindGroup:g,groups:u.groups,textured:u.buffers.flatMap(({range:b,texture:_})=>_===void 0?[]:[{buffer:t.buffer(b.allocation),range:b,texture:t.textures.at(_)}]),writes:u.uses.flatMap(({buffer:b,writes:_})=>_==="no"?[]:[t.buffer(b)])}}),t.gpu.check()}encode(e,t=0,r=1/0,s){if(this.#o===void 0)throw new Error(`"${this.name}" is not compiled`);this.memory.proceed(this,t,Math.min(r,this.launches)),Ht(e,this.name,this.#o.slice(t,r),s)}submit(e=0,t=1/0){let{device:r}=this.memory.gpu,s=r.createCommandEncoder({label:this.name});this.encode(s,e,t),r.queue.submit([s.finish()])}kernelNames(){return this.#e.map(({kernel:e})=>e.name)}describeLaunches(){return this.#e.map(({kernel:e,groups:t,uniforms:r})=>[`${e.name} (${t.join("\xD7")})`,...e.uniforms.flatMap(({name:s},n)=>Number.isInteger(r[n])&&r[n]>0?[`${s}=${r[n]}`]:[])].join(" "))}};function je(o,e){let t=GPUBufferUsage.MAP_READ|GPUBufferUsage.COPY_DST;return{buffer:o.createBuffer({label:"readback (staging)",size:e,usage:t}),wasAwaited:!1}}var ws=4;async function Ge(o,e){let{buffer:t}=o,r=t.mapAsync(GPUMapMode.READ,0,e),s=o.wasAwaited?gs(t,e):void 0;if(s===void 0)return await r,o.wasAwaited=!0,t.getMappedRange(0,e);r.catch(()=>{});for(let n=0;n<ws;n++)await new Promise(a=>setImmediate(a));return s}function gs(o,e){try{return o.getMappedRange(0,e)}catch{return}}var we=new WeakMap,De=1<<20;async function Ke(o,e,t){let r=we.get(o)??je(o,De);we.delete(o);try{let s=o.createCommandEncoder({label:"readback"});t(s,r.buffer),o.queue.submit([s.finish()]);let n=(await Ge(r,Math.max(4,e))).slice(0);return r.buffer.unmap(),we.get(o)?.buffer.destroy(),we.set(o,r),n}catch(s){throw r.buffer.destroy(),s}}async function er(o){await Ke(o,4,(e,t)=>e.clearBuffer(t,0,4))}async function q(o,e){let{device:t}=o.gpu,r=0,s=e.map(({allocation:i,offset:c=0,bytes:u=i.bytes-c})=>{let l={buffer:o.ownBuffer(i),offset:c,bytes:u,start:r};return r+=u,l});if(r<=De){let i=await Ke(t,r,(c,u)=>{for(let{buffer:l,offset:f,bytes:m,start:w}of s)m>0&&c.copyBufferToBuffer(l,f,u,w,m)});return o.gpu.check(),s.map(({start:c,bytes:u})=>i.slice(c,c+u))}let n=t.createCommandEncoder({label:"readback"}),a=s.map(({buffer:i,offset:c,bytes:u})=>{let l=je(t,Math.max(u,4));return u>0&&n.copyBufferToBuffer(i,c,l.buffer,0,u),{staging:l,bytes:u}});t.queue.submit([n.finish()]);try{let i=await Promise.all(a.map(({staging:c})=>Ge(c,c.buffer.size)));return o.gpu.check(),i.map((c,u)=>c.slice(0,a[u].bytes))}finally{for(let{staging:i}of a)i.buffer.destroy()}}var Zi=4<<20;var tr=`// Whether invocations run in step as matmul/shared.wgsl takes it: answers[0] the number of them, answers[1] how
// many stand where their index says, answers[2] how many have heard what the others told.

@group(0) @binding(0) var<storage, read> numbers: array<u32>;
@group(0) @binding(1) var<storage, read_write> answers: array<u32>;

var<workgroup> in_place: atomic<u32>;
var<workgroup> heard: atomic<u32>;

@compute @workgroup_size(workgroup_size)
fn main(
  @builtin(local_invocation_index) local: u32,
  @builtin(subgroup_invocation_id) lane: u32,
  @builtin(subgroup_size) size: u32,
) {
  if (lane == local % size) { atomicAdd(&in_place, 1u); }
  let own = numbers[local];
  let first = local - lane;
  let told = vec4<u32>(
    subgroupBroadcast(own, 0u),
    subgroupBroadcast(own, 1u),
    subgroupBroadcast(own, 6u),
    subgroupBroadcast(own, 7u),
  );
  let wanted = vec4<u32>(
    numbers[first],
    numbers[first + 1u],
    numbers[first + 6u],
    numbers[first + 7u],
  );
  if (all(told == wanted)) { atomicAdd(&heard, 1u); }
  workgroupBarrier();
  if (local == 0u) {
    answers[0] = size;
    answers[1] = atomicLoad(&in_place);
    answers[2] = atomicLoad(&heard);
  }
}
`;var ys=v("subgroups",tr),V=64;async function rr(o){let e=new L(o);try{let t=new M(e,"subgroups"),r=Uint32Array.from({length:V},(l,f)=>7*f+3),s=t.buffer("answers",12);t.launch(ys,{buffers:{numbers:t.buffer("numbers",r.byteLength,r),answers:s},threads:V,workgroupSize:V}),await t.compile(),t.submit();let[n]=await q(e,[{allocation:s}]),[a,i,c]=new Uint32Array(n);return a>=8&&V%a===0&&i===V&&c===V?a:0}finally{e.destroy()}}var or=8,xs=({command:o})=>`Install a Vulkan driver ("apt-get install mesa-vulkan-drivers libvulkan1" gives a software one on Debian and Ubuntu; NVIDIA's in a container also needs libegl1, libglvnd0, libx11-6 and libxext6), then run ${o("doctor")}`;async function sr(o){let e=await navigator.gpu?.requestAdapter({powerPreference:"high-performance",forceFallbackAdapter:o==="cpu"})??void 0;if(e===void 0)throw new k(`Cannot open the GPU: no ${o==="cpu"?"software ":""}adapter found`,xs);let t=ks(e.info),r=$s(e.info),s=At(e.info,r);if(o==="gpu"&&r)throw new k(({setting:h})=>`Cannot use ${h("adapter","gpu")}: the only adapter is the software driver "${t}"`,({setting:h})=>`Install the driver of your GPU, or use ${h("adapter","cpu")}`);if(o==="cpu"&&!r)throw new k(({setting:h})=>`Cannot use ${h("adapter","cpu")}: the adapter found is the hardware GPU "${t}"`,({setting:h})=>`Install Mesa's software driver, or use ${h("adapter","gpu")}`);if(e.limits.maxStorageBuffersPerShaderStage<or)throw new k(`Cannot use the adapter "${t}": it binds ${e.limits.maxStorageBuffersPerShaderStage} storage buffers per stage, ${or} are needed`,"Use another adapter");let n=Object.fromEntries(Object.entries(Bt).map(([h,p])=>[h,Math.min(p,e.limits[h])])),a=e.features.has("timestamp-query"),i=h=>e.requestDevice({label:"bandpass",requiredLimits:n,requiredFeatures:[...a?["timestamp-query"]:[],...h]}),c=r,u=c?await i(["subgroups"]).catch(()=>(c=!1,i([]))):await i([]),l=()=>i(c?["subgroups"]:[]),f=[],m=!1;u.addEventListener("uncapturederror",h=>{h.preventDefault(),f.push(h.error.message)}),u.lost.then(h=>{m||f.push(`the device was lost (${h.message})`)});let w={device:u,name:t,software:r,family:s,kernels:zt[s],limits:n,timestamps:a,subgroupSize:0,textureRows:Ss()?u.limits.maxTextureDimension2D:0,enablesSubgroups:c&&e.features.has("subgroups"),...s==="lavapipe"&&"Deno"in globalThis&&{openSibling:l},check(){if(f.length===0)return;let h=f.length>1?` (and ${f.length-1} more)`:"";throw new k(`The GPU "${t}" reported: ${f[0]}${h}`,({command:p})=>`Run ${p("doctor")}; if it passes, report this message as a bug in Bandpass`)},async close(){m=!0,await ce(u)}};return c?{...w,subgroupSize:await rr(w)}:w}function ks(o){let e=[o.vendor,o.architecture].filter(t=>t!=="").join(" ");return o.description||o.device||e||"unnamed adapter"}function Ss(){return navigator.gpu.wgslLanguageFeatures?.has("readonly_and_readwrite_storage_textures")??!1}function $s(o){return o.isFallbackAdapter===!0||/llvmpipe|lavapipe|swiftshader|basic render/i.test(`${o.description} ${o.device} ${o.architecture}`)}function nr(o,e,t,r){let s=l=>Math.imul(l,1664525)+1013904223|0,n=s(o),a=s(e),i=s(t),c=s(r),u=()=>{n=n+Math.imul(a,c)|0,a=a+Math.imul(i,n)|0,i=i+Math.imul(n,a)|0,c=c+Math.imul(a,i)|0};return u(),n^=n>>>16,a^=a>>>16,i^=i>>>16,c^=c>>>16,u(),[n>>>0,a>>>0,i>>>0,c>>>0]}var ar=`// Counter-based random numbers: pcg4d (Jarzynski and Olano, "Hash Functions for GPU Rendering",
// JCGT 9(3), 2020), keyed by (seed, stream, step, index). gpu/random.ts computes the same bits.

fn random_bits(seed: u32, stream: u32, step: u32, index: u32) -> vec4<u32> {
  var v = vec4<u32>(seed, stream, step, index) * 1664525u + 1013904223u;
  v.x += v.y * v.w;
  v.y += v.z * v.x;
  v.z += v.x * v.y;
  v.w += v.y * v.z;
  v ^= v >> vec4<u32>(16u);
  v.x += v.y * v.w;
  v.y += v.z * v.x;
  v.z += v.x * v.y;
  v.w += v.y * v.z;
  return v;
}

// In [0, 1), with 24 bits.
fn uniform_of(bits: u32) -> f32 {
  return f32(bits >> 8u) * 5.9604644775390625e-8;
}
`;var ir=`// What a device must get right before it is trusted (webgpu.md, traps 1 and 5): each slot of the
// output is one answer. The long loop has a workgroup of its own: a driver that stops loops counts all
// turns of an invocation.

struct Uniforms {
  turns: u32,
  zero: f32, // 0, which the compiler does not know
  size: u32, // 16, which it does not know either: it would unroll the loops, and take long
}

@group(0) @binding(0) var<storage, read> factors: array<f32>; // two 16\xD716 matrices
@group(0) @binding(1) var<storage, read_write> output: array<u32>;
@group(0) @binding(2) var<uniform> uniforms: Uniforms;

@compute @workgroup_size(1)
fn main(@builtin(workgroup_id) group: vec3<u32>) {
  if (group.x == 0u) {
    // Slot 0: how many turns of a long loop were taken.
    var turns = 0u;
    for (var n = 0u; n < uniforms.turns; n++) { turns += 1u + u32(uniforms.zero); }
    output[0] = turns;
    return;
  }
  // Slot 1: NaN and the infinities are told from numbers by their bits, 1 bit each.
  let infinity = bitcast<f32>(0x7f800000u + u32(uniforms.zero));
  let not_a_number = bitcast<f32>(0x7fc00000u + u32(uniforms.zero));
  output[1] = select(0u, 1u, !is_finite(not_a_number)) | select(0u, 2u, !is_finite(infinity)) |
    select(0u, 4u, is_finite(3.0e38 + uniforms.zero)) | select(0u, 8u, is_finite(uniforms.zero));
  // Slots 2 to 5: the random bits of (1, 2, 3, 4).
  let bits = random_bits(1u + u32(uniforms.zero), 2u, 3u, 4u);
  output[2] = bits.x;
  output[3] = bits.y;
  output[4] = bits.z;
  output[5] = bits.w;
  // From slot 8 on: a product of two 16\xD716 matrices.
  let size = uniforms.size;
  for (var place = 0u; place < size * size; place++) {
    var sum = 0.0;
    for (var k = 0u; k < size; k++) {
      sum += factors[place / size * size + k] * factors[size * size + k * size + place % size];
    }
    output[8u + place] = bitcast<u32>(sum);
  }
}
`;var zs=v("self_test",ar,ir),ge=2e5,ur=65535,cr=[908250390,4044648920,3775961919,45698095];async function As(o){let e=new L(o);try{let t=new M(e,"self-test"),r=Float32Array.from({length:512},(i,c)=>Math.sin(c)),s=t.buffer("answers",264*4);t.launch(zs,{buffers:{factors:t.buffer("factors",r.byteLength,r),output:s},partial:["output"],uniforms:{turns:ge,zero:0,size:16},threads:2,workgroupSize:1}),await t.compile(),t.submit();let[n]=await q(e,[{allocation:s}]),a=new Uint32Array(n);return[Es(a[0]),Ps(a[1]),Os(Array.from(a.subarray(2,6))),Ts(r,new Float32Array(n,32,256))]}finally{e.destroy()}}async function Us(o){let e=(await As(o)).find(({passed:t})=>!t);if(e!==void 0)throw new k(`Cannot trust "${o.name}": the self-test "${e.name}" found ${e.found}`,({setting:t,command:r})=>`Update the driver, or use another adapter (${t("adapter","cpu")}); see ${r("doctor")}`)}function Es(o){let e=o===ge;return{name:"long loop",passed:e||o>=ur-1,found:e?`all of ${ge.toLocaleString("en")} iterations`:`${o.toLocaleString("en")} of ${ge.toLocaleString("en")} iterations: the driver stops loops, and kernels stay below ${ur.toLocaleString("en")}`}}function Ps(o){let e=o===15;return{name:"NaN and infinity",passed:e,found:e?"told from numbers by their bits":`the answers ${o.toString(2)}, not 1111`}}function Os(o){let e=nr(1,2,3,4),t=o.every((r,s)=>r===e[s]&&r===cr[s]);return{name:"integer hash",passed:t,found:t?"the golden vector":`${o.join(", ")}, not ${cr.join(", ")}`}}function Ts(o,e){let t=0;for(let r=0;r<16;r++)for(let s=0;s<16;s++){let n=0;for(let i=0;i<16;i++)n+=o[r*16+i]*o[256+i*16+s];let a=Math.abs(e[r*16+s]-n);a<=t||(t=a)}return{name:"small product",passed:t<=1e-5,found:`${t.toExponential(1)} away from f64`}}async function lr(o){let e=await sr(o);try{return await Us(e),e}catch(t){throw await e.close(),t}}function fr(o,e,t,r,s=Uint32Array.from({length:o.length/e},(n,a)=>a)){let n=(u,l)=>{let f=0;for(let m=0;m<e;m++)f+=o[u*e+m]*o[l*e+m];return f},a=Math.sqrt(n(t,t)),i=new Map;for(let u of s){if(u===t)continue;let l=a*Math.sqrt(n(u,u));i.set(u,l===0?0:n(t,u)/l)}let c=[...i].sort(([u,l],[f,m])=>m-l||u-f).slice(0,r);return{items:Uint32Array.from(c,([u])=>u),scores:Float32Array.from(c,([,u])=>u)}}var be=class{#e;#t;#r=Promise.resolve(void 0);constructor(e,t){this.#e=e,this.#t=t}async submit(e){ue(this.#t);let t=e()??er(this.#e).then(()=>{});t.catch(()=>{});let r=await this.#r;return this.#r=t,r}async finish(){return await this.#r}};var ve=class{capacity;allocation;#e;#t;constructor(e,t,r,s=[]){this.capacity=r,this.#e=e,this.#t=new Uint32Array(2+2*r);let n=s.length===0?void 0:this.#r(t,s,0).slice();this.allocation=e.buffer(t,this.#t.byteLength,n)}write(e,t=0){let r=this.#r(this.allocation.label,e,t);this.#e.memory.write(this.allocation,r)}#r(e,t,r){let s=this.#t,n=t.reduce((i,{length:c})=>i+c,0);if(n>this.capacity)throw new Error(`Cannot write ${n} pairs to "${e}": ${this.capacity} are planned`);s.set([n,r]);let a=2;return t.forEach((i,c)=>{for(let u of i)s[a++]=c,s[a++]=u}),s.subarray(0,a)}};var mr=`// scores[p, i] = the least f32 for the items i that may not be given. Stores there only.

struct Uniforms {
  rows: u32,
  items: u32,
  stride: u32, // numbers from one row of the scores to the next
}

@group(0) @binding(0) var<storage, read> allowed: array<u32>; // a bit an item
@group(0) @binding(1) var<storage, read_write> scores: array<f32>;
@group(0) @binding(2) var<uniform> uniforms: Uniforms;

@compute @workgroup_size(workgroup_size)
fn main(
  @builtin(workgroup_id) group: vec3<u32>,
  @builtin(num_workgroups) groups: vec3<u32>,
  @builtin(local_invocation_index) local: u32,
) {
  // An invocation takes the 32 items of a word.
  let n = thread_index(group, groups, local);
  let words = (uniforms.items + 31u) / 32u;
  if (n >= uniforms.rows * words) { return; }
  let first = (n % words) * 32u;
  let row = (n / words) * uniforms.stride;
  let bits = allowed[n % words];
  for (var item = first; item < min(first + 32u, uniforms.items); item++) {
    if (((bits >> (item - first)) & 1u) == 0u) { scores[row + item] = -0x1.fffffep+127f; }
  }
}
`;var dr=`// ranks[first + n] += the candidates of a segment that are ahead of held-out item n of a block: a greater score, or
// the same score and a smaller index (methods.md, \xA71). Integers, so the order of additions is free; the ranks are 0
// before. A held-out item whose score is NaN gets \`unranked\`: nothing is greater than NaN, so it would be the best of
// all.

struct Uniforms {
  items: u32,
  stride: u32, // numbers from one row of the scores to the next
  segments: u32, // parts that the items are cut in
  segment: u32, // items of a part
}

@group(0) @binding(0) var<storage, read> held_out: PairList;
@group(0) @binding(1) var<storage, read> scores: array<f32>;
@group(0) @binding(2) var<storage, read_write> ranks: array<atomic<u32>>;
@group(0) @binding(3) var<uniform> uniforms: Uniforms;

const unranked = 0xffffffffu;

@compute @workgroup_size(workgroup_size)
fn main(
  @builtin(workgroup_id) group: vec3<u32>,
  @builtin(num_workgroups) groups: vec3<u32>,
  @builtin(local_invocation_index) local: u32,
) {
  let thread = thread_index(group, groups, local);
  let n = thread / uniforms.segments;
  if (n >= held_out.count) { return; }
  let pair = held_out.pairs[n];
  let row = pair.x * uniforms.stride;
  let own = scores[row + pair.y];
  if (is_nan(own)) {
    atomicMax(&ranks[held_out.first + n], unranked);
    return;
  }
  let start = (thread % uniforms.segments) * uniforms.segment;
  let end = min(uniforms.items, start + uniforms.segment);
  var ahead = 0u;
  for (var item = start; item < end; item++) {
    let score = scores[row + item];
    ahead += select(0u, 1u, score > own || (score == own && item < pair.y));
  }
  if (ahead > 0u) { atomicAdd(&ranks[held_out.first + n], ahead); }
}
`;var pr=`// scores[p, i] = the least f32 for the items i that the user at place p of a block may not get. Stores there only.

struct Uniforms {
  stride: u32, // numbers from one row of the scores to the next
}

@group(0) @binding(0) var<storage, read> masked: PairList;
@group(0) @binding(1) var<storage, read_write> scores: array<f32>;
@group(0) @binding(2) var<uniform> uniforms: Uniforms;

@compute @workgroup_size(workgroup_size)
fn main(
  @builtin(workgroup_id) group: vec3<u32>,
  @builtin(num_workgroups) groups: vec3<u32>,
  @builtin(local_invocation_index) local: u32,
) {
  let n = thread_index(group, groups, local);
  if (n >= masked.count) { return; }
  let pair = masked.pairs[n];
  scores[pair.x * uniforms.stride + pair.y] = -0x1.fffffep+127f;
}
`;var Ve=`// Pairs of a place in a block of users and an item, as the CPU writes them for each block (pair_list.ts).

struct PairList {
  count: u32,
  first: u32, // pairs of the blocks before
  pairs: array<vec2<u32>>, // place, item; by place
}
`;var Fs=v("rank/allow",mr),Ns=v("rank/mask",Ve,pr),Wu=v("rank/count",Ve,dr);function hr(o,e,t){o.launch(Ns,{buffers:{masked:t.allocation,scores:e},partial:["scores"],uniforms:{stride:e.columns},threads:t.capacity})}function wr(o,e,t,r){o.launch(Fs,{buffers:{allowed:r,scores:e},partial:["scores"],uniforms:{rows:e.rows,items:t,stride:e.columns},threads:e.rows*Math.ceil(t/32)})}var He=`// What the kernels of the tournament have in common: which scores may be chosen, and how the first of the greatest
// is found.

// What rank/mask.wgsl stores for items that are no candidates.
const masked = -0x1.fffffep+127f;
const none = 0xffffffffu;

fn greater(a: vec4<f32>, b: vec4<f32>) -> vec4<f32> {
  return select(a, b, b > a);
}

fn greatest_of(a: vec4<f32>) -> f32 {
  let two = greater(a, a.zwxy);
  return greater(two, two.yxwz).x;
}

// Four scores, \`masked\` in place of NaN and of what lies beyond the items.
fn candidates(scores: vec4<f32>, item: u32, items: u32) -> vec4<f32> {
  let magnitudes = bitcast<vec4<u32>>(scores) & vec4<u32>(0x7fffffffu);
  let is_candidate = (magnitudes <= vec4<u32>(0x7f800000u)) &
    (vec4<u32>(item) + components < vec4<u32>(items));
  return select(vec4<f32>(masked), scores, is_candidate);
}
`;var Ye=`// The components of a vector of four, one by one.
const components = vec4<u32>(0u, 1u, 2u, 3u);

fn with_component(values: vec4<f32>, component: u32, value: f32) -> vec4<f32> {
  return select(values, vec4<f32>(value), components == vec4<u32>(component));
}
`;var gr=`// Places \`first_place\` to \`end_place\`\u22121 of each user's list: the best item, then the best of those behind it, and so
// on. Stores an index and a score a place; places that a user cannot fill hold \`none\`.
//
// A tournament: group_maxima.wgsl has found the greatest score of each group of items, and \`tops\` holds the greatest
// of each team of groups. The first of the greatest tops leads to a team, that to a group, that to an item; then the
// group's maximum becomes that of its items behind the one that was taken (a smaller score, or the same and a
// greater index), and the team's follows. So a place costs three short scans. One invocation a user, which goes on
// from what an earlier launch has left in \`maxima\`, \`tops\` and the place before.

struct Uniforms {
  users: u32,
  items: u32,
  vectors: u32, // of four numbers, from one row of the scores to the next
  group: u32, // items of a group, a multiple of 4
  team: u32, // groups of a team, a multiple of 4
  teams: u32, // of a user, a multiple of 4
  k: u32,
  first_place: u32,
  end_place: u32,
}

@group(0) @binding(0) var<storage, read> scores: array<vec4<f32>>;
@group(0) @binding(1) var<storage, read_write> maxima: array<vec4<f32>>;
@group(0) @binding(2) var<storage, read_write> tops: array<vec4<f32>>;
@group(0) @binding(3) var<storage, read_write> best_items: array<u32>;
@group(0) @binding(4) var<storage, read_write> best_scores: array<f32>;
@group(0) @binding(5) var<uniform> uniforms: Uniforms;

// The first of the greatest numbers of a scan, and the greatest of the others, by components.
struct Leaders {
  value: vec4<f32>,
  vector: vec4<u32>,
  second: vec4<f32>,
}

fn no_leaders() -> Leaders {
  return Leaders(vec4<f32>(masked), vec4<u32>(none / 4u), vec4<f32>(masked));
}

fn joined(before: Leaders, values: vec4<f32>, vector: u32) -> Leaders {
  let leads = values > before.value;
  return Leaders(
    select(before.value, values, leads),
    select(before.vector, vec4<u32>(vector), leads),
    select(greater(before.second, values), before.value, leads),
  );
}

// The place of the first of the greatest numbers.
fn place_of(leaders: Leaders, greatest: f32) -> u32 {
  let places = leaders.vector * 4u + components;
  let first = select(vec4<u32>(none), places, leaders.value == vec4<f32>(greatest));
  let two = min(first, first.zwxy);
  return min(two, two.yxwz).x;
}

// The greatest number but the one in that place.
fn runner_up(leaders: Leaders, place: u32) -> f32 {
  let is_leader = leaders.vector * 4u + components == vec4<u32>(place);
  return greatest_of(select(leaders.value, leaders.second, is_leader));
}

@compute @workgroup_size(workgroup_size)
fn main(
  @builtin(workgroup_id) group: vec3<u32>,
  @builtin(num_workgroups) groups: vec3<u32>,
  @builtin(local_invocation_index) local: u32,
) {
  let user = thread_index(group, groups, local);
  if (user >= uniforms.users) { return; }
  let score_row = user * uniforms.vectors;
  let maxima_row = user * uniforms.teams * (uniforms.team / 4u);
  let tops_row = user * (uniforms.teams / 4u);
  let list = user * uniforms.k;

  var last_item = none;
  var last_score = 0.0;
  if (uniforms.first_place > 0u) {
    last_item = best_items[list + uniforms.first_place - 1u];
    last_score = best_scores[list + uniforms.first_place - 1u];
  } else {
    for (var vector = 0u; vector < uniforms.teams / 4u; vector++) {
      var four = vec4<f32>(masked);
      for (var team = 0u; team < 4u; team++) {
        let start = maxima_row + (vector * 4u + team) * (uniforms.team / 4u);
        var greatest = vec4<f32>(masked);
        for (var at = start; at < start + uniforms.team / 4u; at++) {
          greatest = greater(greatest, maxima[at]);
        }
        four = with_component(four, team, greatest_of(greatest));
      }
      tops[tops_row + vector] = four;
    }
  }

  for (var place = uniforms.first_place; place < uniforms.end_place; place++) {
    var leaders = no_leaders();
    for (var vector = 0u; vector < uniforms.teams / 4u; vector++) {
      leaders = joined(leaders, tops[tops_row + vector], vector);
    }
    let score = greatest_of(leaders.value);
    if (score == masked) {
      best_items[list + place] = none;
      best_scores[list + place] = 0.0;
      continue;
    }
    let team = place_of(leaders, score);

    leaders = no_leaders();
    let first_vector = team * (uniforms.team / 4u);
    for (var vector = first_vector; vector < first_vector + uniforms.team / 4u; vector++) {
      leaders = joined(leaders, maxima[maxima_row + vector], vector);
    }
    let best_group = place_of(leaders, score);
    let other_groups = runner_up(leaders, best_group);

    // Items of that score before the one that was taken last are in the list.
    let after = select(0u, last_item + 1u, score == last_score);
    leaders = no_leaders();
    let first_item = best_group * uniforms.group;
    let end_item = min(uniforms.items, first_item + uniforms.group);
    for (var item = first_item; item < end_item; item += 4u) {
      let values = candidates(scores[score_row + item / 4u], item, uniforms.items);
      let is_listed = (values > vec4<f32>(score)) |
        ((values == vec4<f32>(score)) & (vec4<u32>(item) + components < vec4<u32>(after)));
      leaders = joined(leaders, select(values, vec4<f32>(masked), is_listed), item / 4u);
    }
    let item = place_of(leaders, score);
    best_items[list + place] = item;
    best_scores[list + place] = scores[score_row + item / 4u][item % 4u];
    last_item = item;
    last_score = score;

    let left = runner_up(leaders, item);
    let group_at = maxima_row + best_group / 4u;
    maxima[group_at] = with_component(maxima[group_at], best_group % 4u, left);
    let top_at = tops_row + team / 4u;
    tops[top_at] = with_component(tops[top_at], team % 4u, max(other_groups, left));
  }
}
`;var br=`// maxima[u, g] = the greatest score of a user's items g\xB7group to g\xB7group+group\u22121, \`masked\` where none of them is a
// candidate. Stores. An invocation takes a group, and reads it once, as vectors of four.

struct Uniforms {
  users: u32,
  items: u32,
  vectors: u32, // of four numbers, from one row of the scores to the next
  group: u32, // items of a group, a multiple of 4
  stride: u32, // numbers from one row of the maxima to the next
}

@group(0) @binding(0) var<storage, read> scores: array<vec4<f32>>;
@group(0) @binding(1) var<storage, read_write> maxima: array<f32>;
@group(0) @binding(2) var<uniform> uniforms: Uniforms;

@compute @workgroup_size(workgroup_size)
fn main(
  @builtin(workgroup_id) group: vec3<u32>,
  @builtin(num_workgroups) groups: vec3<u32>,
  @builtin(local_invocation_index) local: u32,
) {
  let thread = thread_index(group, groups, local);
  let user = thread / uniforms.stride;
  let place = thread - user * uniforms.stride;
  if (user >= uniforms.users) { return; }
  let first = place * uniforms.group;
  let end = min(uniforms.items, first + uniforms.group);
  let row = user * uniforms.vectors;
  var greatest = vec4<f32>(masked);
  for (var item = first; item < end; item += 4u) {
    greatest = greater(greatest, candidates(scores[row + item / 4u], item, uniforms.items));
  }
  maxima[thread] = greatest_of(greatest);
}
`;var vr=`// The k best items of each user: a greater score first, the smaller index among equals. Stores k
// indices and scores a user; places that a user cannot fill hold \`none\`.
//
// One workgroup a user. Four rounds of a radix selection, eight bits each, find the k-th greatest
// score; each invocation then collects what is above it, and the ties with the smallest indices, from
// its own part of the items; a counting rank of the at most 1,024 collected ones sorts them.

struct Uniforms {
  users: u32,
  items: u32,
  stride: u32, // numbers from one row of the scores to the next
  k: u32,
}

@group(0) @binding(0) var<storage, read> scores: array<f32>;
@group(0) @binding(1) var<storage, read_write> best_items: array<u32>;
@group(0) @binding(2) var<storage, read_write> best_scores: array<f32>;
@group(0) @binding(3) var<uniform> uniforms: Uniforms;

const threads = 256u;
const none = 0xffffffffu;
// What rank/mask.wgsl stores for items that are no candidates.
const masked = -0x1.fffffep+127f;

var<workgroup> histogram: array<atomic<u32>, 256>;
var<workgroup> found_bin: u32;
var<workgroup> found_left: u32;
var<workgroup> above_counts: array<u32, threads>;
var<workgroup> tie_counts: array<u32, threads>;
var<workgroup> collected_keys: array<u32, 1024>;
var<workgroup> collected_items: array<u32, 1024>;

// An integer in the order of the scores; \u22120 equals 0, and NaN is below all of them.
fn key_of(score: f32) -> u32 {
  if (is_nan(score)) { return 0u; }
  let bits = bitcast<u32>(select(score, 0.0, score == 0.0));
  return bits ^ select(0x80000000u, 0xffffffffu, (bits >> 31u) == 1u);
}

@compute @workgroup_size(threads)
fn main(
  @builtin(workgroup_id) group: vec3<u32>,
  @builtin(num_workgroups) groups: vec3<u32>,
  @builtin(local_invocation_index) local: u32,
) {
  let user = group.y * groups.x + group.x;
  if (user >= uniforms.users) { return; }
  let row = user * uniforms.stride;
  let k = min(uniforms.k, uniforms.items);

  // The k-th greatest key, from its highest byte to its lowest.
  var prefix = 0u;
  var known = 0u; // mask of the bits of the prefix
  var left = k; // places among the items with the prefix
  for (var shift = 24u; shift < 32u; shift -= 8u) {
    atomicStore(&histogram[local], 0u);
    workgroupBarrier();
    for (var item = local; item < uniforms.items; item += threads) {
      let key = key_of(scores[row + item]);
      if ((key & known) == prefix) { atomicAdd(&histogram[(key >> shift) & 255u], 1u); }
    }
    workgroupBarrier();
    if (local == 0u) {
      var bin = 255u;
      var rest = left;
      loop {
        let count = atomicLoad(&histogram[bin]);
        if (count >= rest || bin == 0u) { break; }
        rest -= count;
        bin -= 1u;
      }
      found_bin = bin;
      found_left = rest;
    }
    workgroupBarrier();
    prefix |= found_bin << shift;
    known |= 255u << shift;
    left = found_left;
    workgroupBarrier();
  }

  // Parts of neighbouring items, so that ties are taken by their index.
  let part = (uniforms.items + threads - 1u) / threads;
  let start = min(local * part, uniforms.items);
  let end = min(start + part, uniforms.items);
  var above = 0u;
  var ties = 0u;
  for (var item = start; item < end; item++) {
    let key = key_of(scores[row + item]);
    above += select(0u, 1u, key > prefix);
    ties += select(0u, 1u, key == prefix);
  }
  above_counts[local] = above;
  tie_counts[local] = ties;
  workgroupBarrier();
  if (local == 0u) {
    var above_sum = 0u;
    var tie_sum = 0u;
    for (var n = 0u; n < threads; n++) {
      let above_here = above_counts[n];
      let ties_here = tie_counts[n];
      above_counts[n] = above_sum;
      tie_counts[n] = tie_sum;
      above_sum += above_here;
      tie_sum += ties_here;
    }
  }
  workgroupBarrier();
  var above_place = above_counts[local];
  var tie_place = tie_counts[local];
  for (var item = start; item < end; item++) {
    let key = key_of(scores[row + item]);
    if (key > prefix) {
      collected_keys[above_place] = key;
      collected_items[above_place] = item;
      above_place += 1u;
    }
    if (key == prefix) {
      if (tie_place < left) {
        collected_keys[k - left + tie_place] = key;
        collected_items[k - left + tie_place] = item;
      }
      tie_place += 1u;
    }
  }
  workgroupBarrier();

  for (var place = local; place < uniforms.k; place += threads) {
    if (place >= k) {
      best_items[user * uniforms.k + place] = none;
      best_scores[user * uniforms.k + place] = 0.0;
      continue;
    }
    let key = collected_keys[place];
    let item = collected_items[place];
    var rank = 0u;
    for (var other = 0u; other < k; other++) {
      let ahead = collected_keys[other] > key ||
        (collected_keys[other] == key && collected_items[other] < item);
      rank += select(0u, 1u, ahead);
    }
    let score = scores[row + item];
    let is_candidate = score > masked && !is_nan(score);
    best_items[user * uniforms.k + rank] = select(none, item, is_candidate);
    best_scores[user * uniforms.k + rank] = select(0.0, score, is_candidate);
  }
}
`;var Ks=v("top_k/group_maxima",Ye,He,br),Vs=v("top_k/extract",Ye,He,gr),Hs=v("top_k/radix_select",vr),Ys=32768,Js=8,_r=1e3,yr=4294967295;function xr(o,e,t,r){let{users:s,items:n,k:a}=t;if(!(a>=1&&a<=_r))throw new Error(`topK() takes k from 1 to ${_r}, not ${a}`);if(e.columns%4!==0)throw new Error(`topK() takes rows of whole vectors of four, not of ${e.columns} numbers`);let i=r??{items:o.buffer("best items",s*a*4),scores:o.buffer("best scores",s*a*4)},c=K(i.items,s*a);return o.memory.gpu.kernels.lists==="tournament"?(Xs(o,e,t,i,c),i):(o.launch(Hs,{buffers:{scores:e,best_items:i.items,best_scores:i.scores},partial:c?[]:["best_items","best_scores"],uniforms:{users:s,items:n,stride:e.columns,k:a},threads:s*256,workgroupSize:256}),i)}function Xs(o,e,{users:t,items:r,k:s},n,a){let i=Math.max(16,Math.ceil(Math.cbrt(r)/4)*4),c=i,u=Math.ceil(r/(i*c)/4)*4,l=u*c,f=o.buffer("maxima of groups",t*l*4),m=o.buffer("maxima of teams",t*u*4),w=e.columns/4;o.launch(Ks,{buffers:{scores:e,maxima:f},uniforms:{users:t,items:r,vectors:w,group:i,stride:l},threads:t*l});let h=(u+c+i)/4,p=Math.min(s,Math.floor(Ys/h));for(let g=0;g<s;g+=p){let b=Math.min(s,g+p);o.launch(Vs,{buffers:{scores:e,maxima:f,tops:m,best_items:n.items,best_scores:n.scores},partial:a&&b===s?[]:["best_items","best_scores"],overwrites:g===0?["tops","best_items","best_scores"]:[],uniforms:{users:t,items:r,vectors:w,group:i,team:c,teams:u,k:s,first_place:g,end_place:b},threads:t,workgroupSize:Js})}}function kr(o){return Uint32Array.from({length:o.rows},(e,t)=>o.rowStart[t+1]-o.rowStart[t])}var Sr=`// The function that follows a product, by \`activation\`: 0 none, else as bent() counts them.

override activation: u32 = 0u;

fn activated(v: vec4<f32>) -> vec4<f32> {
  return bent(activation, 0.01, v);
}
`;function $r(o,e){let t=o.memory.gpu.limits.maxStorageBufferBindingSize/4;if(e<=t)return[{first:0,count:e,isLast:!0}];let r=Math.floor(t/64)*64;return Array.from({length:Math.ceil(e/r)},(s,n)=>{let a=n*r;return{first:a,count:Math.min(r,e-a),isLast:a+r>=e}})}function Br({allocation:o,rows:e,columns:t,sliceColumns:r}){return r===void 0?e*t:o.bytes/4}function Mr(o,{first:e,count:t,isLast:r}){let s=U(o);return e===0&&r?s:{allocation:s.allocation,offset:s.offset+e*4,bytes:Math.ceil(t/4)*16}}var H=`// Rows that count, where only the step knows how many: those of Tensor.counted. Kernels leave out the others;
// where they store a gradient, they store zeros there.

override has_count: bool = false;

@group(0) @binding(9) var<storage, read> counted: array<u32>;

// How many of \`all\` rows count; or of their parts, where each row has several.
fn counting(all: u32, parts: u32) -> u32 {
  if (!has_count) { return all; }
  return min(all, counted[0] * parts);
}
`;var zr=`// c = alpha\xB7a + beta\xB7b, or alpha\xB7a\xB7b where \`multiply\` is 1. Stores (=), or adds (+=) where
// \`accumulate\` is 1; rows that do not count are cleared or left. It is its own backward pass.

override multiply: bool = false;
override accumulate: bool = false;

struct Uniforms {
  vectors: u32,
  row_vectors: u32, // vectors of a row, where rows are counted
  alpha: f32,
  beta: f32,
}

@group(0) @binding(0) var<storage, read> a: array<vec4<f32>>;
@group(0) @binding(1) var<storage, read> b: array<vec4<f32>>;
@group(0) @binding(2) var<storage, read_write> c: array<vec4<f32>>;
@group(0) @binding(3) var<uniform> uniforms: Uniforms;

@compute @workgroup_size(workgroup_size)
fn main(
  @builtin(workgroup_id) group: vec3<u32>,
  @builtin(num_workgroups) groups: vec3<u32>,
  @builtin(local_invocation_index) local: u32,
) {
  let quarter = (uniforms.vectors + 3u) / 4u;
  let thread = thread_index(group, groups, local);
  if (thread >= quarter) { return; }
  let end = counting(uniforms.vectors, uniforms.row_vectors);
  for (var n = 0u; n < 4u; n++) {
    let at = thread + n * quarter;
    if (has_count && !accumulate && at >= end && at < uniforms.vectors) {
      c[at] = vec4<f32>(0.0);
    }
    if (at < end) {
      var value: vec4<f32>;
      if (multiply) {
        value = uniforms.alpha * a[at] * b[at];
      } else {
        value = uniforms.alpha * a[at] + uniforms.beta * b[at];
      }
      if (accumulate) { value += c[at]; }
      c[at] = value;
    }
  }
}
`;var Ar=`// x = value, four times four numbers an invocation (measured in webgpu.md). Stores.

struct Uniforms {
  vectors: u32,
  value: f32,
}

@group(0) @binding(0) var<storage, read_write> x: array<vec4<f32>>;
@group(0) @binding(1) var<uniform> uniforms: Uniforms;

@compute @workgroup_size(workgroup_size)
fn main(
  @builtin(workgroup_id) group: vec3<u32>,
  @builtin(num_workgroups) groups: vec3<u32>,
  @builtin(local_invocation_index) local: u32,
) {
  let quarter = (uniforms.vectors + 3u) / 4u;
  let thread = thread_index(group, groups, local);
  if (thread >= quarter) { return; }
  for (var n = 0u; n < 4u; n++) {
    let at = thread + n * quarter;
    if (at < uniforms.vectors) { x[at] = vec4<f32>(uniforms.value); }
  }
}
`;var _e=`// Functions that drivers compute badly, written out (webgpu.md, trap 7), for vectors of four.

fn sigmoid(v: vec4<f32>) -> vec4<f32> {
  // The exponent is never positive, so nothing overflows.
  let e = exp(-abs(v));
  let one = vec4<f32>(1.0);
  return select(e, one, v >= vec4<f32>(0.0)) / (one + e);
}

fn hyperbolic_tangent(v: vec4<f32>) -> vec4<f32> {
  let square = v * v;
  let near = v * (1.0 + square * (-1.0 / 3.0 + square * (2.0 / 15.0 - square * (17.0 / 315.0))));
  let e = exp(-2.0 * abs(v));
  let far = sign(v) * (1.0 - e) / (1.0 + e);
  return select(far, near, square < vec4<f32>(0.02));
}

// Which numbers are below 0, by their bits: a driver may take select(v, 0, v < 0) for max(v, 0), and then NaN
// becomes 0 (NVIDIA's does; webgpu.md, trap 5).
fn is_negative(v: vec4<f32>) -> vec4<bool> {
  let bits = bitcast<vec4<u32>>(v);
  return (bits > vec4<u32>(0x80000000u)) & (bits <= vec4<u32>(0xff800000u));
}

// Chromium's driver gives a number as exp(NaN).
fn exponential(v: vec4<f32>) -> vec4<f32> {
  let is_nan = (bitcast<vec4<u32>>(v) & vec4<u32>(0x7fffffffu)) > vec4<u32>(0x7f800000u);
  return select(exp(v), v, is_nan);
}

// 1 sigmoid, 2 tanh, 3 ReLU, 4 leaky ReLU with a slope below 0; any other leaves v as it is.
fn bent(which: u32, slope: f32, v: vec4<f32>) -> vec4<f32> {
  switch (which) {
    case 1u: { return sigmoid(v); }
    case 2u: { return hyperbolic_tangent(v); }
    case 3u: { return select(v, vec4<f32>(0.0), is_negative(v)); }
    case 4u: { return select(v, slope * v, is_negative(v)); }
    default: { return v; }
  }
}
`;var Ur=`// dx = dy\xB7f'(x), from x and y = f(x); operations as in unary_forward.wgsl. Stores (=), or adds (+=)
// where \`accumulate\` is 1; rows that do not count are cleared or left.

override operation: u32 = 0u;
override accumulate: bool = false;

struct Uniforms {
  vectors: u32,
  row_vectors: u32, // vectors of a row, where rows are counted
  alpha: f32,
}

@group(0) @binding(0) var<storage, read> x: array<vec4<f32>>;
@group(0) @binding(1) var<storage, read> y: array<vec4<f32>>;
@group(0) @binding(2) var<storage, read> dy: array<vec4<f32>>;
@group(0) @binding(3) var<storage, read_write> dx: array<vec4<f32>>;
@group(0) @binding(4) var<uniform> uniforms: Uniforms;

fn slope(at: u32) -> vec4<f32> {
  let zero = vec4<f32>(0.0);
  let one = vec4<f32>(1.0);
  switch (operation) {
    case 1u: { return y[at] * (one - y[at]); }
    case 2u: { return one - y[at] * y[at]; }
    case 3u: { return select(zero, one, x[at] > zero); }
    case 4u: { return select(one, vec4<f32>(uniforms.alpha), x[at] < zero); }
    case 5u: { return y[at]; }
    case 6u: { return 2.0 * x[at]; }
    default: { return vec4<f32>(uniforms.alpha); }
  }
}

@compute @workgroup_size(workgroup_size)
fn main(
  @builtin(workgroup_id) group: vec3<u32>,
  @builtin(num_workgroups) groups: vec3<u32>,
  @builtin(local_invocation_index) local: u32,
) {
  let quarter = (uniforms.vectors + 3u) / 4u;
  let thread = thread_index(group, groups, local);
  if (thread >= quarter) { return; }
  let end = counting(uniforms.vectors, uniforms.row_vectors);
  for (var n = 0u; n < 4u; n++) {
    let at = thread + n * quarter;
    if (has_count && !accumulate && at >= end && at < uniforms.vectors) {
      dx[at] = vec4<f32>(0.0);
    }
    if (at < end) {
      var value = dy[at] * slope(at);
      if (accumulate) { value += dx[at]; }
      dx[at] = value;
    }
  }
}
`;var Er=`// y = f(x), f by \`operation\`: 0 alpha\xB7x + beta, 1 sigmoid, 2 tanh, 3 ReLU, 4 leaky ReLU with slope
// alpha below 0, 5 exp, 6 square. Stores.

override operation: u32 = 0u;

struct Uniforms {
  vectors: u32,
  row_vectors: u32, // vectors of a row, where rows are counted
  alpha: f32,
  beta: f32,
}

@group(0) @binding(0) var<storage, read> x: array<vec4<f32>>;
@group(0) @binding(1) var<storage, read_write> y: array<vec4<f32>>;
@group(0) @binding(2) var<uniform> uniforms: Uniforms;

fn apply(v: vec4<f32>) -> vec4<f32> {
  switch (operation) {
    case 0u: { return uniforms.alpha * v + uniforms.beta; }
    case 5u: { return exponential(v); }
    case 6u: { return v * v; }
    default: { return bent(operation, uniforms.alpha, v); }
  }
}

@compute @workgroup_size(workgroup_size)
fn main(
  @builtin(workgroup_id) group: vec3<u32>,
  @builtin(num_workgroups) groups: vec3<u32>,
  @builtin(local_invocation_index) local: u32,
) {
  let quarter = (uniforms.vectors + 3u) / 4u;
  let thread = thread_index(group, groups, local);
  if (thread >= quarter) { return; }
  let end = counting(uniforms.vectors, uniforms.row_vectors);
  for (var n = 0u; n < 4u; n++) {
    let at = thread + n * quarter;
    if (at < end) { y[at] = apply(x[at]); }
  }
}
`;var an=v("elementwise/fill",Ar),kc=v("elementwise/unary_forward",H,_e,Er),Sc=v("elementwise/unary_backward",H,Ur),$c=v("elementwise/binary",H,zr),Pr={affine:0,sigmoid:1,tanh:2,relu:3,leaky_relu:4,exp:5,square:6};var un=o=>Math.ceil(o/4),cn=o=>Math.ceil(o/4);function Je(o,e,t){for(let r of $r(o,Br(e))){let s=un(r.count);o.launch(an,{buffers:{x:Mr(e,r)},completes:r.isLast?["x"]:[],uniforms:{vectors:s,value:t},threads:cn(s)})}}var E=[_e,Sr];function ye(o){return o===void 0?0:Pr[o]}var Or=`// Where training stands. The CPU writes it before an epoch; step/advance.wgsl moves it on.

struct StepState {
  seed: u32,
  step: u32, // steps since the start of the training
  epoch_step: u32, // steps since the start of the epoch
  batch_rows: u32, // rows of this batch; the last one of an epoch is short
  epoch_rows: u32, // rows of the epoch
  batch_size: u32, // rows of a full batch
}
`;var Tr=`// parts[s, c] = \u03A3 x[r, c] over the rows r of part s that count. Stores, or adds where \`accumulate\` is 1.

override accumulate: bool = false;

struct Uniforms {
  rows: u32,
  columns: u32,
  part: u32, // rows of a part
  splits: u32,
}

@group(0) @binding(0) var<storage, read> x: array<f32>;
@group(0) @binding(1) var<storage, read_write> parts: array<f32>;
@group(0) @binding(2) var<uniform> uniforms: Uniforms;

@compute @workgroup_size(workgroup_size)
fn main(
  @builtin(workgroup_id) group: vec3<u32>,
  @builtin(num_workgroups) groups: vec3<u32>,
  @builtin(local_invocation_index) local: u32,
) {
  let thread = thread_index(group, groups, local);
  let split = thread / uniforms.columns;
  let column = thread % uniforms.columns;
  if (split >= uniforms.splits) { return; }
  let end = min(counting(uniforms.rows, 1u), (split + 1u) * uniforms.part);
  var sum = 0.0;
  for (var row = split * uniforms.part; row < end; row++) {
    sum += x[row * uniforms.columns + column];
  }
  if (accumulate) { sum += parts[thread]; }
  parts[thread] = sum;
}
`;var Cr=`// Computes what combine_operands.wgsl declares, by one invocation a number, which sums the parts in their order.

@compute @workgroup_size(workgroup_size)
fn main(
  @builtin(workgroup_id) group: vec3<u32>,
  @builtin(num_workgroups) groups: vec3<u32>,
  @builtin(local_invocation_index) local: u32,
) {
  let at = thread_index(group, groups, local);
  if (at >= uniforms.count) { return; }
  var sum = 0.0;
  for (var split = 0u; split < uniforms.splits; split++) {
    sum += parts[split * uniforms.count + at];
  }
  if (has_bias) { sum += bias[at % uniforms.columns]; }
  sum = activated(vec4<f32>(sum)).x;
  if (accumulate) { sum += c[at]; }
  c[at] = sum;
}
`;var Xe=`// What both kernels that combine parts compute, and their operands:
//   C = f(the sum of \`splits\` parts of m\xD7n numbers (+ bias)), f by \`activation\`.
// Stores, or adds where \`accumulate\` is 1.

override accumulate: bool = false;
override has_bias: bool = false;

struct Uniforms {
  count: u32, // m\xB7n
  columns: u32, // n
  splits: u32,
}

@group(0) @binding(0) var<storage, read> parts: array<f32>;
@group(0) @binding(1) var<storage, read> bias: array<f32>;
@group(0) @binding(2) var<storage, read_write> c: array<f32>;
@group(0) @binding(3) var<uniform> uniforms: Uniforms;
`;var Lr=`// Computes what partial_operands.wgsl declares, by one invocation a part.

@compute @workgroup_size(workgroup_size)
fn main(
  @builtin(workgroup_id) group: vec3<u32>,
  @builtin(num_workgroups) groups: vec3<u32>,
  @builtin(local_invocation_index) local: u32,
) {
  let thread = thread_index(group, groups, local);
  if (thread >= uniforms.parts) { return; }
  let end = min(uniforms.count, (thread + 1u) * uniforms.part);
  var sum = 0.0;
  for (var at = thread * uniforms.part; at < end; at++) {
    let value = x[at];
    sum += select(value, value * value, square);
  }
  parts[thread] = sum;
}
`;var Qe=`// What both kernels of partial sums compute, and their operands:
//   parts[p] = \u03A3 x[n] (or x[n]\xB2, where \`square\` is 1) over the numbers n of part p. Stores.

override square: bool = false;

struct Uniforms {
  count: u32,
  part: u32, // numbers of a part
  parts: u32,
}

@group(0) @binding(0) var<storage, read> x: array<f32>;
@group(0) @binding(1) var<storage, read_write> parts: array<f32>;
@group(0) @binding(2) var<uniform> uniforms: Uniforms;
`;var Rr=`// output[slot] = scale\xB7f(\u03A3 parts), f the identity or the square root, divided by the rows of the
// batch where \`per_batch_row\` is 1. Stores. One workgroup of 64: each invocation sums in order, then
// a tree in workgroup memory, so the same numbers give the same bits.

override square_root: bool = false;
override per_batch_row: bool = false;

struct Uniforms {
  parts: u32,
  slot: u32,
  scale: f32,
}

@group(0) @binding(0) var<storage, read> parts: array<f32>;
@group(0) @binding(1) var<storage, read> state: StepState;
@group(0) @binding(2) var<storage, read_write> output: array<f32>;
@group(0) @binding(3) var<uniform> uniforms: Uniforms;

var<workgroup> sums: array<f32, 64>;

@compute @workgroup_size(64)
fn main(@builtin(local_invocation_index) local: u32) {
  var sum = 0.0;
  for (var at = local; at < uniforms.parts; at += 64u) { sum += parts[at]; }
  sums[local] = sum;
  workgroupBarrier();
  for (var stride = 32u; stride > 0u; stride /= 2u) {
    if (local < stride) { sums[local] += sums[local + stride]; }
    workgroupBarrier();
  }
  if (local == 0u) {
    var value = sums[0];
    if (square_root) { value = sqrt(value); }
    if (per_batch_row) { value /= f32(max(state.batch_rows, 1u)); }
    output[uniforms.slot] = uniforms.scale * value;
  }
}
`;var qr=`// Computes what combine_operands.wgsl declares, for many parts: a workgroup of 256 takes 32 numbers, of which 8 invocations
// each sum every 8th part in order, and a tree in workgroup memory those sums. Neighbours read neighbours.

const width = 32u; // numbers of a workgroup
const lanes = 8u; // invocations a number

var<workgroup> sums: array<f32, 256>;

@compute @workgroup_size(256)
fn main(
  @builtin(workgroup_id) group: vec3<u32>,
  @builtin(num_workgroups) groups: vec3<u32>,
  @builtin(local_invocation_index) local: u32,
) {
  let at = (group.y * groups.x + group.x) * width + local % width;
  var sum = 0.0;
  if (at < uniforms.count) {
    for (var split = local / width; split < uniforms.splits; split += lanes) {
      sum += parts[split * uniforms.count + at];
    }
  }
  sums[local] = sum;
  workgroupBarrier();
  for (var stride = 128u; stride >= width; stride /= 2u) {
    if (local < stride) { sums[local] += sums[local + stride]; }
    workgroupBarrier();
  }
  if (local >= width || at >= uniforms.count) { return; }
  sum = sums[local];
  if (has_bias) { sum += bias[at % uniforms.columns]; }
  sum = activated(vec4<f32>(sum)).x;
  if (accumulate) { sum += c[at]; }
  c[at] = sum;
}
`;var Fr=`// Computes what partial_operands.wgsl declares, by a workgroup of 256 a part, whose invocations read neighbours, as memory
// is wide where it is far: each sums every 256th number in order, and a tree in workgroup memory the sums, so the same
// numbers give the same bits.

var<workgroup> sums: array<f32, 256>;

@compute @workgroup_size(256)
fn main(
  @builtin(workgroup_id) group: vec3<u32>,
  @builtin(local_invocation_index) local: u32,
) {
  if (group.x >= uniforms.parts) { return; }
  let end = min(uniforms.count, (group.x + 1u) * uniforms.part);
  var sum = 0.0;
  for (var at = group.x * uniforms.part + local; at < end; at += 256u) {
    let value = x[at];
    sum += select(value, value * value, square);
  }
  sums[local] = sum;
  workgroupBarrier();
  for (var stride = 128u; stride > 0u; stride /= 2u) {
    if (local < stride) { sums[local] += sums[local + stride]; }
    workgroupBarrier();
  }
  if (local == 0u) { parts[group.x] = sums[0]; }
}
`;var el=v("reduce/column_sum",H,Tr),vn=v("reduce/combine",...E,Xe,Cr),_n=v("reduce/workgroup_combine",...E,Xe,qr),tl=v("reduce/partial",Qe,Lr),rl=v("reduce/workgroup_partial",Qe,Fr),ol=v("reduce/total",Or,Rr),yn=8,xn=32;function Nr(o,e,t,r){let{count:s,columns:n,splits:a,bias:i,activation:c,accumulate:u=!1}=r,l=o.memory.gpu.kernels.sums==="workgroups"&&a>yn;o.launch(l?_n:vn,{buffers:{parts:e,bias:i??e,c:t},partial:K(t,s)?[]:["c"],uniforms:{count:s,columns:n,splits:a},constants:{accumulate:Number(u),has_bias:+(i!==void 0),activation:ye(c)},threads:l?Math.ceil(s/xn)*256:s,workgroupSize:l?256:void 0})}var Wr=`// A and B of operands.wgsl as storage buffers, of one product or of several of one shape, whose operands begin at
// different places of them.

override is_batch: bool = false;

@group(0) @binding(0) var<storage, read> a: array<vec4<f32>>;
@group(0) @binding(1) var<storage, read> b: array<vec4<f32>>;
// Of each product: where its A, B and C begin, in vectors of four, and how many products there are.
@group(0) @binding(6) var<storage, read> starts: array<vec4<u32>>;

var<private> start: vec4<u32>;

fn products() -> u32 {
  if (!is_batch) { return 1u; }
  return starts[0].w;
}

fn begin_product(n: u32) {
  if (is_batch) { start = starts[n]; }
}

fn a_at(n: u32) -> vec4<f32> { return a[start.x + n]; }
fn b_at(n: u32) -> vec4<f32> { return b[start.y + n]; }
fn c_start() -> u32 { return start.z; }
`;var Ze=`// A and B of operands.wgsl as storage buffers.

@group(0) @binding(0) var<storage, read> a: array<vec4<f32>>;
@group(0) @binding(1) var<storage, read> b: array<vec4<f32>>;

fn a_at(n: u32) -> vec4<f32> { return a[n]; }
fn b_at(n: u32) -> vec4<f32> { return b[n]; }
fn c_start() -> u32 { return 0u; }
`;var Ir=`// A and B of operands.wgsl read through textures (gpu/texture.ts), which costs lavapipe a third of the loads from
// storage buffers (bench/RESULTS.md).

@group(0) @binding(0) var a: texture_storage_2d<rgba32float, read>;
@group(0) @binding(1) var b: texture_storage_2d<rgba32float, read>;

fn a_at(n: u32) -> vec4<f32> { return textureLoad(a, texel(n)); }
fn b_at(n: u32) -> vec4<f32> { return textureLoad(b, texel(n)); }
fn c_start() -> u32 { return 0u; }
`;var oe=`// What the products in registers have in common: their operands, read as vec4, and where C is stored.
//
// C = f(alpha\xB7op(A)\xB7op(B) (+ bias)), f by \`activation\`, with op(A) m\xD7k, op(B) k\xD7n and C m\xD7n. All rows are
// read as vec4, so the row lengths of A, B and C are multiples of 4; plain.wgsl takes other shapes. The
// k-range is cut in \`splits\` parts of \`part\` each; part s is written to C + s\xB7m\xB7n, and reduce/combine.wgsl
// adds them in order. Stores (=), or adds (+=) where \`accumulate\` is 1.
//
// Each matrix may be a block of columns of a wider one: rows lie \`stride\` numbers apart, and the block
// begins at \`column\`. Where \`has_limit\` is 1, a dimension that only the step knows ends at
// limit[0]\xB7factor \u2212 first: what lies beyond is not computed, and C keeps what it has there; where \`clear\`
// is 1, rows beyond count as sums of nothing.

override transpose_b: bool = false;
override accumulate: bool = false;
override has_bias: bool = false;
override has_limit: bool = false;

struct Uniforms {
  m: u32,
  n: u32,
  k: u32,
  part: u32,
  splits: u32,
  a_row: u32, // the first row of A that takes part
  b_row: u32,
  b_last: u32, // the last stored row of B that a transposed B may read; C repeats it beyond
  alpha: f32,
  a_stride: u32,
  a_column: u32,
  b_stride: u32,
  b_column: u32,
  c_stride: u32,
  c_row: u32,
  c_column: u32,
  factor: i32,
  m_first: i32, // what the limit leaves of m is limit\xB7factor \u2212 m_first, and so on
  n_first: i32,
  k_first: i32,
}

@group(0) @binding(2) var<storage, read> bias: array<vec4<f32>>;
@group(0) @binding(3) var<storage, read_write> c: array<vec4<f32>>;
@group(0) @binding(4) var<storage, read> limit: array<u32>;
@group(0) @binding(5) var<uniform> uniforms: Uniforms;

// A dimension, or what the limit leaves of it.
fn limited(size: u32, first: i32) -> u32 {
  if (!has_limit) { return size; }
  return u32(clamp(i32(limit[0]) * uniforms.factor - first, 0, i32(size)));
}

// Four rows of op(A) at k..k+3, from A stored as k\xD7m.
fn a_transposed(k: u32, k_end: u32, vector: u32) -> mat4x4<f32> {
  let start = (uniforms.a_row + k) * uniforms.a_stride + uniforms.a_column;
  let at = start / 4u + min(vector, uniforms.m / 4u - 1u);
  let stride = uniforms.a_stride / 4u;
  let last = k_end - 1u - k;
  let zero = vec4<f32>(0.0);
  // Beyond the end of the range op(A) counts as zero, so what op(B) has there does not matter.
  return transpose(mat4x4<f32>(
    a_at(at),
    select(zero, a_at(at + min(1u, last) * stride), k + 1u < k_end),
    select(zero, a_at(at + min(2u, last) * stride), k + 2u < k_end),
    select(zero, a_at(at + min(3u, last) * stride), k + 3u < k_end),
  ));
}

fn a_row(k: u32, row: u32) -> vec4<f32> {
  let stored = uniforms.a_row + min(row, uniforms.m - 1u);
  return a_at((stored * uniforms.a_stride + uniforms.a_column + k) / 4u);
}

// Rows k..k+3 of four columns of op(B), from B stored as n\xD7k.
fn b_transposed(k: u32, vector: u32) -> mat4x4<f32> {
  let row = uniforms.b_row + vector * 4u;
  let at = uniforms.b_column + k;
  return transpose(mat4x4<f32>(
    b_at((min(row, uniforms.b_last) * uniforms.b_stride + at) / 4u),
    b_at((min(row + 1u, uniforms.b_last) * uniforms.b_stride + at) / 4u),
    b_at((min(row + 2u, uniforms.b_last) * uniforms.b_stride + at) / 4u),
    b_at((min(row + 3u, uniforms.b_last) * uniforms.b_stride + at) / 4u),
  ));
}

fn b_rows(k: u32, k_end: u32, vector: u32) -> mat4x4<f32> {
  let start = (uniforms.b_row + k) * uniforms.b_stride + uniforms.b_column;
  let at = start / 4u + min(vector, uniforms.n / 4u - 1u);
  let stride = uniforms.b_stride / 4u;
  let last = k_end - 1u - k;
  return mat4x4<f32>(
    b_at(at),
    b_at(at + min(1u, last) * stride),
    b_at(at + min(2u, last) * stride),
    b_at(at + min(3u, last) * stride),
  );
}

fn b_part(k: u32, k_end: u32, vector: u32) -> mat4x4<f32> {
  if (transpose_b) { return b_transposed(k, vector); }
  return b_rows(k, k_end, vector);
}

// Stores four numbers of C; the caller sees to it that there is such a row.
fn store(row: u32, vector: u32, split: u32, sum: vec4<f32>) {
  if (vector >= uniforms.n / 4u) { return; }
  let stored = uniforms.c_row + split * uniforms.m + row;
  let at = c_start() + (stored * uniforms.c_stride + uniforms.c_column) / 4u + vector;
  var value = uniforms.alpha * sum;
  if (has_bias) { value += bias[vector]; }
  value = activated(value);
  if (accumulate) { value += c[at]; }
  c[at] = value;
}

`;var jr=`// A product of any shape, one number of C an invocation; operands.wgsl says of what, and what its constants and
// uniforms mean. Here all operands are read as single numbers, and a uniform says which are transposed: what that
// takes stands before the loop, so it is one pipeline for all forms. Stores (=), or adds (+=) where \`accumulate\` is 1.

override accumulate: bool = false;
override has_bias: bool = false;
override has_limit: bool = false;
override clear: bool = false;
override shares: u32 = 1u;

struct Uniforms { // those of operands.wgsl, and
  transpose_a: u32,
  transpose_b: u32,
  m: u32,
  n: u32,
  k: u32,
  part: u32,
  splits: u32,
  a_row: u32,
  b_row: u32,
  b_last: u32, // the last stored row of B that a transposed B may read; C repeats it beyond
  alpha: f32,
  a_stride: u32,
  a_column: u32,
  b_stride: u32,
  b_column: u32,
  c_stride: u32,
  c_row: u32,
  c_column: u32,
  factor: i32,
  m_first: i32,
  n_first: i32,
  k_first: i32,
}

@group(0) @binding(0) var<storage, read> a: array<f32>;
@group(0) @binding(1) var<storage, read> b: array<f32>;
@group(0) @binding(2) var<storage, read> bias: array<f32>;
@group(0) @binding(3) var<storage, read_write> c: array<f32>;
@group(0) @binding(4) var<storage, read> limit: array<u32>;
@group(0) @binding(5) var<uniform> uniforms: Uniforms;

fn limited(size: u32, first: i32) -> u32 {
  if (!has_limit) { return size; }
  return u32(clamp(i32(limit[0]) * uniforms.factor - first, 0, i32(size)));
}

@compute @workgroup_size(workgroup_size)
fn main(
  @builtin(workgroup_id) group: vec3<u32>,
  @builtin(num_workgroups) groups: vec3<u32>,
  @builtin(local_invocation_index) local: u32,
) {
  let m = uniforms.m;
  let n = uniforms.n;
  let thread = spread_thread_index(group, groups, local, shares);
  let split = thread / (m * n);
  if (split >= uniforms.splits) { return; }
  let row = (thread % (m * n)) / n;
  let column = thread % n;
  let is_beyond = row >= limited(m, uniforms.m_first);
  if ((is_beyond && !clear) || column >= limited(n, uniforms.n_first)) { return; }
  let k_start = split * uniforms.part;
  let k_limit = select(limited(uniforms.k, uniforms.k_first), 0u, is_beyond);
  let k_end = min(k_limit, k_start + uniforms.part);
  let a_stride = uniforms.a_stride;
  let b_stride = uniforms.b_stride;
  let a_first = uniforms.a_row * a_stride + uniforms.a_column;
  let b_first = uniforms.b_row * b_stride + uniforms.b_column;
  let b_row = min(uniforms.b_row + column, uniforms.b_last);
  let is_a_transposed = uniforms.transpose_a == 1u;
  let is_b_transposed = uniforms.transpose_b == 1u;
  let a_start = a_first + row * select(a_stride, 1u, is_a_transposed);
  let a_step = select(1u, a_stride, is_a_transposed);
  let b_start = select(b_first + column, b_row * b_stride + uniforms.b_column, is_b_transposed);
  let b_step = select(b_stride, 1u, is_b_transposed);
  var sum = 0.0;
  for (var k = k_start; k < k_end; k++) {
    sum += a[a_start + k * a_step] * b[b_start + k * b_step];
  }
  var value = uniforms.alpha * sum;
  if (has_bias) { value += bias[column]; }
  value = activated(vec4<f32>(value)).x;
  let stored = uniforms.c_row + split * m + row;
  let at = stored * uniforms.c_stride + uniforms.c_column + column;
  if (accumulate) { value += c[at]; }
  c[at] = value;
}
`;var et=`// A product in registers whose invocations share what they load; operands.wgsl says of what.
//
// One invocation computes 4 rows \xD7 32 columns of C. The invocations of a subgroup (\`lanes\`, at least 8) have
// the same columns and different rows: each loads one vector of four of the eight, and hands it to the
// others. So 8 loads of four numbers serve 512 multiply-adds. Twice as fast as tiled.wgsl on lavapipe
// (6,880\xD764\xD764: 41 against 21 GFLOP/s), where a load is several instructions for every invocation, and
// handing on is one for the subgroup. No invocation leaves before its subgroup does: others wait for
// what it loads.

override transpose_a: bool = false;
override clear: bool = false;
override shares: u32 = 1u; // of the dispatch, over which the work is dealt out
override lanes: u32 = 8u;

@compute @workgroup_size(workgroup_size)
fn main(
  @builtin(workgroup_id) group: vec3<u32>,
  @builtin(num_workgroups) groups: vec3<u32>,
  @builtin(local_invocation_index) local: u32,
) {
  let column_tiles = (uniforms.n / 4u + 7u) / 8u;
  let row_tiles = (uniforms.m + 4u * lanes - 1u) / (4u * lanes);
  let thread = spread_thread_index(group, groups, local, shares);
  let lane = thread % lanes;
  let tile = (thread / lanes) % (column_tiles * row_tiles);
  let split = (thread / lanes) / (column_tiles * row_tiles);
  if (split >= uniforms.splits) { return; }
  let first_row = (tile / column_tiles) * 4u * lanes;
  let row = first_row + 4u * lane;
  let vector = (tile % column_tiles) * 8u;
  let row_limit = limited(uniforms.m, uniforms.m_first);
  if (first_row >= row_limit && !clear) { return; }
  if (vector * 4u >= limited(uniforms.n, uniforms.n_first)) { return; }
  let k_limit = select(limited(uniforms.k, uniforms.k_first), 0u, first_row >= row_limit);
  let k_end = min(k_limit, (split + 1u) * uniforms.part);
  let own_vector = vector + lane % 8u;

  var s0a = vec4<f32>(0.0);
  var s0b = vec4<f32>(0.0);
  var s0c = vec4<f32>(0.0);
  var s0d = vec4<f32>(0.0);
  var s0e = vec4<f32>(0.0);
  var s0f = vec4<f32>(0.0);
  var s0g = vec4<f32>(0.0);
  var s0h = vec4<f32>(0.0);
  var s1a = vec4<f32>(0.0);
  var s1b = vec4<f32>(0.0);
  var s1c = vec4<f32>(0.0);
  var s1d = vec4<f32>(0.0);
  var s1e = vec4<f32>(0.0);
  var s1f = vec4<f32>(0.0);
  var s1g = vec4<f32>(0.0);
  var s1h = vec4<f32>(0.0);
  var s2a = vec4<f32>(0.0);
  var s2b = vec4<f32>(0.0);
  var s2c = vec4<f32>(0.0);
  var s2d = vec4<f32>(0.0);
  var s2e = vec4<f32>(0.0);
  var s2f = vec4<f32>(0.0);
  var s2g = vec4<f32>(0.0);
  var s2h = vec4<f32>(0.0);
  var s3a = vec4<f32>(0.0);
  var s3b = vec4<f32>(0.0);
  var s3c = vec4<f32>(0.0);
  var s3d = vec4<f32>(0.0);
  var s3e = vec4<f32>(0.0);
  var s3f = vec4<f32>(0.0);
  var s3g = vec4<f32>(0.0);
  var s3h = vec4<f32>(0.0);

  for (var k = split * uniforms.part; k < k_end; k += 4u) {
    let own = b_part(k, k_end, own_vector);
    var rows: mat4x4<f32>; // four rows of op(A) at k..k+3
    if (transpose_a) {
      rows = a_transposed(k, k_end, row / 4u);
    } else {
      rows = mat4x4<f32>(a_row(k, row), a_row(k, row + 1u), a_row(k, row + 2u), a_row(k, row + 3u));
    }
    let ba = mat4x4<f32>(
      subgroupBroadcast(own[0], 0u),
      subgroupBroadcast(own[1], 0u),
      subgroupBroadcast(own[2], 0u),
      subgroupBroadcast(own[3], 0u),
    );
    s0a += ba * rows[0];
    s1a += ba * rows[1];
    s2a += ba * rows[2];
    s3a += ba * rows[3];
    let bb = mat4x4<f32>(
      subgroupBroadcast(own[0], 1u),
      subgroupBroadcast(own[1], 1u),
      subgroupBroadcast(own[2], 1u),
      subgroupBroadcast(own[3], 1u),
    );
    s0b += bb * rows[0];
    s1b += bb * rows[1];
    s2b += bb * rows[2];
    s3b += bb * rows[3];
    let bc = mat4x4<f32>(
      subgroupBroadcast(own[0], 2u),
      subgroupBroadcast(own[1], 2u),
      subgroupBroadcast(own[2], 2u),
      subgroupBroadcast(own[3], 2u),
    );
    s0c += bc * rows[0];
    s1c += bc * rows[1];
    s2c += bc * rows[2];
    s3c += bc * rows[3];
    let bd = mat4x4<f32>(
      subgroupBroadcast(own[0], 3u),
      subgroupBroadcast(own[1], 3u),
      subgroupBroadcast(own[2], 3u),
      subgroupBroadcast(own[3], 3u),
    );
    s0d += bd * rows[0];
    s1d += bd * rows[1];
    s2d += bd * rows[2];
    s3d += bd * rows[3];
    let be = mat4x4<f32>(
      subgroupBroadcast(own[0], 4u),
      subgroupBroadcast(own[1], 4u),
      subgroupBroadcast(own[2], 4u),
      subgroupBroadcast(own[3], 4u),
    );
    s0e += be * rows[0];
    s1e += be * rows[1];
    s2e += be * rows[2];
    s3e += be * rows[3];
    let bf = mat4x4<f32>(
      subgroupBroadcast(own[0], 5u),
      subgroupBroadcast(own[1], 5u),
      subgroupBroadcast(own[2], 5u),
      subgroupBroadcast(own[3], 5u),
    );
    s0f += bf * rows[0];
    s1f += bf * rows[1];
    s2f += bf * rows[2];
    s3f += bf * rows[3];
    let bg = mat4x4<f32>(
      subgroupBroadcast(own[0], 6u),
      subgroupBroadcast(own[1], 6u),
      subgroupBroadcast(own[2], 6u),
      subgroupBroadcast(own[3], 6u),
    );
    s0g += bg * rows[0];
    s1g += bg * rows[1];
    s2g += bg * rows[2];
    s3g += bg * rows[3];
    let bh = mat4x4<f32>(
      subgroupBroadcast(own[0], 7u),
      subgroupBroadcast(own[1], 7u),
      subgroupBroadcast(own[2], 7u),
      subgroupBroadcast(own[3], 7u),
    );
    s0h += bh * rows[0];
    s1h += bh * rows[1];
    s2h += bh * rows[2];
    s3h += bh * rows[3];
  }

  if (row >= row_limit) {
    if (!clear) { return; }
    s0a = vec4<f32>(0.0);
    s0b = vec4<f32>(0.0);
    s0c = vec4<f32>(0.0);
    s0d = vec4<f32>(0.0);
    s0e = vec4<f32>(0.0);
    s0f = vec4<f32>(0.0);
    s0g = vec4<f32>(0.0);
    s0h = vec4<f32>(0.0);
    s1a = vec4<f32>(0.0);
    s1b = vec4<f32>(0.0);
    s1c = vec4<f32>(0.0);
    s1d = vec4<f32>(0.0);
    s1e = vec4<f32>(0.0);
    s1f = vec4<f32>(0.0);
    s1g = vec4<f32>(0.0);
    s1h = vec4<f32>(0.0);
    s2a = vec4<f32>(0.0);
    s2b = vec4<f32>(0.0);
    s2c = vec4<f32>(0.0);
    s2d = vec4<f32>(0.0);
    s2e = vec4<f32>(0.0);
    s2f = vec4<f32>(0.0);
    s2g = vec4<f32>(0.0);
    s2h = vec4<f32>(0.0);
    s3a = vec4<f32>(0.0);
    s3b = vec4<f32>(0.0);
    s3c = vec4<f32>(0.0);
    s3d = vec4<f32>(0.0);
    s3e = vec4<f32>(0.0);
    s3f = vec4<f32>(0.0);
    s3g = vec4<f32>(0.0);
    s3h = vec4<f32>(0.0);
  }
  // Row after row, each moving up to where the first is stored: code for one row, not for four, is what
  // a driver has to compile.
  for (var n = row; n < min(row + 4u, uniforms.m); n++) {
    store(n, vector + 0u, split, s0a);
    store(n, vector + 1u, split, s0b);
    store(n, vector + 2u, split, s0c);
    store(n, vector + 3u, split, s0d);
    store(n, vector + 4u, split, s0e);
    store(n, vector + 5u, split, s0f);
    store(n, vector + 6u, split, s0g);
    store(n, vector + 7u, split, s0h);
    s0a = s1a;
    s0b = s1b;
    s0c = s1c;
    s0d = s1d;
    s0e = s1e;
    s0f = s1f;
    s0g = s1g;
    s0h = s1h;
    s1a = s2a;
    s1b = s2b;
    s1c = s2c;
    s1d = s2d;
    s1e = s2e;
    s1f = s2f;
    s1g = s2g;
    s1h = s2h;
    s2a = s3a;
    s2b = s3b;
    s2c = s3c;
    s2d = s3d;
    s2e = s3e;
    s2f = s3f;
    s2g = s3g;
    s2h = s3h;
  }
}
`;var Gr=`// A product in registers; operands.wgsl says of what.
//
// One invocation computes 8 rows \xD7 8 columns of C in registers, or 8\xD716 where \`wide\` is 1: 16 loads of
// four numbers serve 256 multiply-adds, or 24 serve 512, and no workgroup memory is touched. Wide is a
// fifth faster on lavapipe, where loads are dear; a GPU has too few registers for it. Written out, because
// drivers keep arrays that loops index in memory: four times slower on lavapipe.

override transpose_a: bool = false;
override clear: bool = false;
override shares: u32 = 1u; // of the dispatch, over which the work is dealt out
override wide: bool = false;

@compute @workgroup_size(workgroup_size)
fn main(
  @builtin(workgroup_id) group: vec3<u32>,
  @builtin(num_workgroups) groups: vec3<u32>,
  @builtin(local_invocation_index) local: u32,
) {
  let tile_vectors = select(2u, 4u, wide);
  let column_tiles = (uniforms.n / 4u + tile_vectors - 1u) / tile_vectors;
  let row_tiles = (uniforms.m + 7u) / 8u;
  let thread = spread_thread_index(group, groups, local, shares);
  let tile = thread % (column_tiles * row_tiles);
  let split = thread / (column_tiles * row_tiles);
  if (split >= uniforms.splits) { return; }
  let row = (tile / column_tiles) * 8u;
  let vector = (tile % column_tiles) * tile_vectors;
  let is_beyond = row >= limited(uniforms.m, uniforms.m_first);
  if (is_beyond && !clear) { return; }
  if (vector * 4u >= limited(uniforms.n, uniforms.n_first)) { return; }
  let k_limit = select(limited(uniforms.k, uniforms.k_first), 0u, is_beyond);
  let k_end = min(k_limit, (split + 1u) * uniforms.part);

  var s0a = vec4<f32>(0.0);
  var s0b = vec4<f32>(0.0);
  var s0c = vec4<f32>(0.0);
  var s0d = vec4<f32>(0.0);
  var s1a = vec4<f32>(0.0);
  var s1b = vec4<f32>(0.0);
  var s1c = vec4<f32>(0.0);
  var s1d = vec4<f32>(0.0);
  var s2a = vec4<f32>(0.0);
  var s2b = vec4<f32>(0.0);
  var s2c = vec4<f32>(0.0);
  var s2d = vec4<f32>(0.0);
  var s3a = vec4<f32>(0.0);
  var s3b = vec4<f32>(0.0);
  var s3c = vec4<f32>(0.0);
  var s3d = vec4<f32>(0.0);
  var s4a = vec4<f32>(0.0);
  var s4b = vec4<f32>(0.0);
  var s4c = vec4<f32>(0.0);
  var s4d = vec4<f32>(0.0);
  var s5a = vec4<f32>(0.0);
  var s5b = vec4<f32>(0.0);
  var s5c = vec4<f32>(0.0);
  var s5d = vec4<f32>(0.0);
  var s6a = vec4<f32>(0.0);
  var s6b = vec4<f32>(0.0);
  var s6c = vec4<f32>(0.0);
  var s6d = vec4<f32>(0.0);
  var s7a = vec4<f32>(0.0);
  var s7b = vec4<f32>(0.0);
  var s7c = vec4<f32>(0.0);
  var s7d = vec4<f32>(0.0);

  for (var k = split * uniforms.part; k < k_end; k += 4u) {
    let b0 = b_part(k, k_end, vector);
    let b1 = b_part(k, k_end, vector + 1u);
    var upper: mat4x4<f32>; // four rows of op(A) at k..k+3
    var lower: mat4x4<f32>;
    if (transpose_a) {
      upper = a_transposed(k, k_end, row / 4u);
      lower = a_transposed(k, k_end, row / 4u + 1u);
    } else {
      upper = mat4x4<f32>(a_row(k, row), a_row(k, row + 1u), a_row(k, row + 2u), a_row(k, row + 3u));
      lower = mat4x4<f32>(
        a_row(k, row + 4u),
        a_row(k, row + 5u),
        a_row(k, row + 6u),
        a_row(k, row + 7u),
      );
    }
    s0a += b0 * upper[0];
    s0b += b1 * upper[0];
    s1a += b0 * upper[1];
    s1b += b1 * upper[1];
    s2a += b0 * upper[2];
    s2b += b1 * upper[2];
    s3a += b0 * upper[3];
    s3b += b1 * upper[3];
    s4a += b0 * lower[0];
    s4b += b1 * lower[0];
    s5a += b0 * lower[1];
    s5b += b1 * lower[1];
    s6a += b0 * lower[2];
    s6b += b1 * lower[2];
    s7a += b0 * lower[3];
    s7b += b1 * lower[3];
    if (wide) {
      let b2 = b_part(k, k_end, vector + 2u);
      let b3 = b_part(k, k_end, vector + 3u);
      s0c += b2 * upper[0];
      s0d += b3 * upper[0];
      s1c += b2 * upper[1];
      s1d += b3 * upper[1];
      s2c += b2 * upper[2];
      s2d += b3 * upper[2];
      s3c += b2 * upper[3];
      s3d += b3 * upper[3];
      s4c += b2 * lower[0];
      s4d += b3 * lower[0];
      s5c += b2 * lower[1];
      s5d += b3 * lower[1];
      s6c += b2 * lower[2];
      s6d += b3 * lower[2];
      s7c += b2 * lower[3];
      s7d += b3 * lower[3];
    }
  }

  // Row after row, each moving up to where the first is stored: code for one row, not for eight, is what
  // a driver has to compile.
  for (var n = row; n < min(row + 8u, uniforms.m); n++) {
    store(n, vector, split, s0a);
    store(n, vector + 1u, split, s0b);
    s0a = s1a;
    s0b = s1b;
    s1a = s2a;
    s1b = s2b;
    s2a = s3a;
    s2b = s3b;
    s3a = s4a;
    s3b = s4b;
    s4a = s5a;
    s4b = s5b;
    s5a = s6a;
    s5b = s6b;
    s6a = s7a;
    s6b = s7b;
    if (wide) {
      store(n, vector + 2u, split, s0c);
      store(n, vector + 3u, split, s0d);
      s0c = s1c;
      s0d = s1d;
      s1c = s2c;
      s1d = s2d;
      s2c = s3c;
      s2d = s3d;
      s3c = s4c;
      s3d = s4d;
      s4c = s5c;
      s4d = s5d;
      s5c = s6c;
      s5d = s6d;
      s6c = s7c;
      s6d = s7d;
    }
  }
}
`;var Dr=`// A product by tiles in workgroup memory; operands.wgsl says of what.
//
// A workgroup of 256 computes 64 rows \xD7 64 columns of C, each invocation 4\xD74 of them in registers. 32 numbers of k
// at a time, 128 invocations load op(A) and 128 op(B), a block of 4\xD74 each; while a tile is multiplied, the next one
// is on its way into registers. Each number that is loaded serves 64 multiply-adds. In workgroup memory
// a tile lies by k, and the vectors of four rows (or columns) of k stand in an order that is exchanged by bits of k, so
// that neither writing nor reading meets in a bank. Written out four k at a time: wgpu bounds each loop by a counter.
// Workgroups of several products stand one after the other (in_batches.wgsl); their parts lie by the parts of
// k, and those of a part by products.

override transpose_a: bool = false;
override clear: bool = false;

const depth = 32u; // of a tile, in k
const side = 64u; // of a tile of C

var<workgroup> a_tile: array<vec4<f32>, 512>;
var<workgroup> b_tile: array<vec4<f32>, 512>;

// Where the vector of k = 4\xB7quad + n stands.
fn place(quad: u32, n: u32, vector: u32) -> u32 {
  return (quad * 4u + n) * 16u + (vector ^ quad);
}

// op(A) (or op(B)) at k..k+3, a vector of four rows (or columns) for each k; zeros beyond the end.
fn loaded(is_a: bool, k: u32, k_end: u32, vector: u32) -> mat4x4<f32> {
  if (k >= k_end) { return mat4x4<f32>(); }
  if (!is_a) { return b_part(k, k_end, vector); }
  if (transpose_a) { return transpose(a_transposed(k, k_end, vector)); }
  let row = vector * 4u;
  return transpose(
    mat4x4<f32>(a_row(k, row), a_row(k, row + 1u), a_row(k, row + 2u), a_row(k, row + 3u)),
  );
}

@compute @workgroup_size(256)
fn main(
  @builtin(workgroup_id) group: vec3<u32>,
  @builtin(num_workgroups) groups: vec3<u32>,
  @builtin(local_invocation_index) local: u32,
) {
  let column_tiles = (uniforms.n + side - 1u) / side;
  let row_tiles = (uniforms.m + side - 1u) / side;
  let index = group.y * groups.x + group.x;
  let turn = index / (column_tiles * row_tiles);
  let product = turn / uniforms.splits;
  if (product >= products()) { return; }
  begin_product(product);
  let split = turn - product * uniforms.splits;
  let stored_part = select(0u, split * products() + product, uniforms.splits > 1u);
  let tile = index - turn * (column_tiles * row_tiles);
  let tile_row = tile / column_tiles;
  let first_row = tile_row * side;
  let first_column = (tile - tile_row * column_tiles) * side;
  let row_limit = limited(uniforms.m, uniforms.m_first);
  let column_limit = limited(uniforms.n, uniforms.n_first);
  if (first_row >= row_limit && !clear) { return; }
  if (first_column >= column_limit) { return; }
  let k_limit = select(limited(uniforms.k, uniforms.k_first), 0u, first_row >= row_limit);
  let k_end = min(k_limit, (split + 1u) * uniforms.part);

  // Neighbours load what lies beside each other: vectors where rows are those of k, else numbers of k.
  let is_a = local < 128u;
  let by_vector = select(!transpose_b, transpose_a, is_a);
  let loader = local & 127u;
  let load_quad = select(loader & 7u, loader / 16u, by_vector);
  let load_vector = select(loader / 8u, loader & 15u, by_vector);
  let load_first = select(first_column, first_row, is_a) / 4u + load_vector;
  let own_row = local / 16u; // vectors of four
  let own_column = local & 15u;

  var s0 = vec4<f32>(0.0);
  var s1 = vec4<f32>(0.0);
  var s2 = vec4<f32>(0.0);
  var s3 = vec4<f32>(0.0);
  let k_start = split * uniforms.part;
  var next = loaded(is_a, k_start + load_quad * 4u, k_end, load_first);
  for (var k = k_start; k < k_end; k += depth) {
    workgroupBarrier();
    if (is_a) {
      a_tile[place(load_quad, 0u, load_vector)] = next[0];
      a_tile[place(load_quad, 1u, load_vector)] = next[1];
      a_tile[place(load_quad, 2u, load_vector)] = next[2];
      a_tile[place(load_quad, 3u, load_vector)] = next[3];
    } else {
      b_tile[place(load_quad, 0u, load_vector)] = next[0];
      b_tile[place(load_quad, 1u, load_vector)] = next[1];
      b_tile[place(load_quad, 2u, load_vector)] = next[2];
      b_tile[place(load_quad, 3u, load_vector)] = next[3];
    }
    workgroupBarrier();
    next = loaded(is_a, k + depth + load_quad * 4u, k_end, load_first);
    for (var quad = 0u; quad < depth / 4u; quad++) {
      let a0 = a_tile[place(quad, 0u, own_row)];
      let a1 = a_tile[place(quad, 1u, own_row)];
      let a2 = a_tile[place(quad, 2u, own_row)];
      let a3 = a_tile[place(quad, 3u, own_row)];
      let b0 = b_tile[place(quad, 0u, own_column)];
      let b1 = b_tile[place(quad, 1u, own_column)];
      let b2 = b_tile[place(quad, 2u, own_column)];
      let b3 = b_tile[place(quad, 3u, own_column)];
      // One by one, each product and its sum are one operation of a GPU.
      s0 += a0.x * b0;
      s0 += a1.x * b1;
      s0 += a2.x * b2;
      s0 += a3.x * b3;
      s1 += a0.y * b0;
      s1 += a1.y * b1;
      s1 += a2.y * b2;
      s1 += a3.y * b3;
      s2 += a0.z * b0;
      s2 += a1.z * b1;
      s2 += a2.z * b2;
      s2 += a3.z * b3;
      s3 += a0.w * b0;
      s3 += a1.w * b1;
      s3 += a2.w * b2;
      s3 += a3.w * b3;
    }
  }

  let row = first_row + own_row * 4u;
  let vector = first_column / 4u + own_column;
  if (vector * 4u >= column_limit) { return; }
  let is_beyond = row >= row_limit;
  if (is_beyond && !clear) { return; }
  if (is_beyond) {
    s0 = vec4<f32>(0.0);
    s1 = vec4<f32>(0.0);
    s2 = vec4<f32>(0.0);
    s3 = vec4<f32>(0.0);
  }
  if (row < uniforms.m) { store(row, vector, stored_part, s0); }
  if (row + 1u < uniforms.m) { store(row + 1u, vector, stored_part, s1); }
  if (row + 2u < uniforms.m) { store(row + 2u, vector, stored_part, s2); }
  if (row + 3u < uniforms.m) { store(row + 3u, vector, stored_part, s3); }
}
`;var En=v("matmul/tiled",...E,oe,Ze,Gr),Pn=v("matmul/shared",...E,oe,Ze,et),On=v("matmul/shared_by_textures",...E,oe,Ir,et),Tn=v("matmul/workgroup",...E,oe,Wr,Dr),Cn=v("matmul/plain",...E,jr),Ln={software:256,hardware:16384},Kr={kernel:Tn,height:64,width:64,threads:256,busyThreads:65536,shortestPart:64,dealsOut:!1,keepsInCache:!1,takesBatches:!0,constants:{},workgroupSize:256};function Vr(o,e,{height:t,width:r}){let s=Math.ceil(o/t)*t*Math.ceil(e/r)*r;return o*e>=.6*s}function Hr(o,e,t,r){let{software:s,subgroupSize:n,kernels:{products:a}}=o,i={threads:1,busyThreads:Ln[s?"software":"hardware"],shortestPart:s?256:64,dealsOut:!0,keepsInCache:!1};if(!r)return{...i,...{kernel:Cn,height:1,width:1,takesAllForms:!0,constants:{}},shortestPart:s?256:32};if(a==="workgroups"&&Vr(e,t,Kr))return Kr;let c={...i,kernel:Pn,byTextures:a==="textures"?On:void 0,height:4*n,width:32,threads:n,keepsInCache:!0,constants:{lanes:n}},u=a==="subgroups"||a==="textures";if(u&&n>0&&Vr(e,t,c))return c;let l=(u||a==="wide registers")&&t>8,f={wide:Number(l)};return{kernel:En,height:8,width:l?16:8,...i,constants:f}}var Yr=32768,tt=-(2**30),Jr=512,Rn=2**21,qn={least:2**22,rows:32,transposed:16,most:2**24},Fn=16,Xr={workgroupSize:16,shares:2};function Qr(o,e,t=[]){let{a:r,b:s,c:n,m:a,n:i,k:c,transposeA:u=!1,transposeB:l=!1,bias:f}=e,{aRow:m=0,bRow:w=0,bLast:h=w+i-1,alpha:p=1,accumulate:g=!1}=e,{aStride:b=u?a:c,aColumn:_=0,bStride:y=l?c:i,bColumn:N=0}=e,{cStride:z=i,cRow:W=0,cColumn:I=0,completes:J=!1,limit:x,activation:O}=e,X=z!==i||W!==0,{gpu:Ue}=o.memory,{software:Oo,limits:To}=Ue,S=Hr(Ue,a,i,Nn(e)),dt=Math.max(t.length,1),ae=dt*a*i,pt=dt*Math.ceil(a/S.height)*Math.ceil(i/S.width)*S.threads,Co=Math.ceil(S.busyThreads/Math.max(pt,1)),Lo=X||x?.mFirst!==void 0||x?.nFirst!==void 0||t.some(({c:Io},jo)=>Io!==jo*a*i),Ro=S.keepsInCache&&u&&a*i<=Rn*Jr/c?Math.ceil(c/Jr):1,qo=Math.max(Math.min(Co,Math.ceil(c/S.shortestPart)),Ro),Fo=Math.floor(To.maxStorageBufferBindingSize/(ae*4)),T=Lo?1:Math.max(Math.min(qo,Fo),Math.ceil(c/Yr),1);if(c>T*Yr)throw new Error(`Cannot sum ${c} products into a block of C`);let No=Math.max(4,Math.ceil(c/T/4)*4),A=T>1,ht=Oo&&S.dealsOut&&x!==void 0,Ee=A?o.buffer("matmul parts",T*ae*4):n,Wo=!(x?.mFirst!==void 0&&!x.clear)&&x?.nFirst===void 0&&(J||!X&&K(Ee,T*ae)),wt={transpose_a:Number(u),transpose_b:Number(l)};if(o.launch(In(Ue,S,e),{buffers:{a:r,b:s,bias:(A?void 0:f)??r,c:Ee,limit:x?.count??r,...S.takesBatches?{starts:Wn(o,t,A)??r}:{}},partial:Wo?[]:["c"],uniforms:{m:a,n:i,k:c,part:No,splits:T,alpha:p,a_row:m,a_stride:b,a_column:_,b_row:w,b_last:h,b_stride:y,b_column:N,c_row:W,c_stride:z,c_column:I,factor:x?.factor??0,m_first:x?.mFirst??tt,n_first:x?.nFirst??tt,k_first:x?.kFirst??tt,...S.takesAllForms?wt:{}},constants:{...S.takesAllForms?{}:wt,accumulate:Number(g&&!A),has_bias:+(f!==void 0&&!A),activation:A?0:ye(O),has_limit:+(x!==void 0),clear:+(x?.clear===!0&&!g),...S.dealsOut?{shares:ht?A?Xr.shares:Fn:1}:{},...S.takesBatches?{is_batch:+(t.length>0)}:{},...S.constants},threads:pt*T,workgroupSize:ht&&A?Xr.workgroupSize:S.workgroupSize}),!A)return;Nr(o,Ee,n,{count:ae,columns:i,splits:T,bias:f,activation:O,accumulate:g})}function Nn(o){let{m:e,n:t,k:r,transposeA:s=!1,transposeB:n=!1}=o,{aStride:a=0,aColumn:i=0,bStride:c=0,bColumn:u=0,cStride:l=0,cColumn:f=0}=o;return[...[t,s?e:r,n?r:t],a,i,c,u,l,f].every(w=>w%4===0)}function Wn(o,e,t){if(e.length===0)return;let r=e.flatMap(({a:s,b:n,c:a})=>[s/4,n/4,t?0:a/4,e.length]);return o.buffer("starts of products",r.length*4,Uint32Array.from(r))}function In(o,{kernel:e,byTextures:t},{a:r,b:s,m:n,n:a,k:i,transposeA:c}){let u=[r,s].map(b=>U(b).bytes);if(t===void 0||!u.every(b=>pe(o,b)))return e;let l=n*a*i,f=(u[0]+u[1])/4,{least:m,rows:w,transposed:h,most:p}=qn,g=Math.max(m,(c?h:w)*f);return f<=p&&l>=g?t:e}function Zr(o,e,t,r){if(!("users"in e))return e.scoreBlock(o,t,r);let{items:s}=e,n=t.rowsOf(o,e);Qr(o,{a:n,b:s.table,bRow:s.firstRow,bLast:s.firstRow+s.rows-1,c:r,m:r.rows,n:r.columns,k:n.columns,transposeB:!0})}var eo=`// What a kernel of Elements works on: single numbers.
alias Element = f32;

fn total(element: Element) -> f32 { return element; }

fn largest(element: Element) -> f32 { return element; }

fn component(element: Element, n: u32) -> f32 { return element; }

// The first \`count\` components, zeros for the others.
fn first_components(element: Element, count: u32) -> Element {
  return select(0.0, element, count > 0u);
}

fn unit_component(n: u32) -> Element { return 1.0; }
`;var to=`// What a kernel of Elements works on: four columns at a time.
alias Element = vec4<f32>;

fn total(element: Element) -> f32 { return element.x + element.y + element.z + element.w; }

fn largest(element: Element) -> f32 {
  return max(max(element.x, element.y), max(element.z, element.w));
}

fn component(element: Element, n: u32) -> f32 { return element[n]; }

// The first \`count\` components, zeros for the others.
fn first_components(element: Element, count: u32) -> Element {
  return select(Element(), element, vec4<u32>(0u, 1u, 2u, 3u) < vec4<u32>(count));
}

fn unit_component(n: u32) -> Element {
  return select(Element(), Element(1.0), vec4<u32>(0u, 1u, 2u, 3u) == vec4<u32>(n));
}
`;function P(o,...e){let t=v(`${o} (numbers)`,eo,...e),r=v(o,to,...e);return s=>s%4===0?{width:4,kernel:r}:{width:1,kernel:t}}var ro=`// dtable[first_row + r] += \u03A3_{b: rows[b]=r} dy[first_place + b]. Adds (+=); rows that the list lacks stay as they
// are. The table may be some columns of dy, from \`first_column\` on.
//
// \`order\` sorts the list by row: the invocation at the first place of a row's run owns the row, and
// sums the run in its order. No atomics, and the same bytes every time (webgpu.md, trap 8). A launch takes the places
// from \`first\` to \`end\` alone, and each run as far as it lies there.

struct Uniforms {
  first: u32,
  end: u32,
  columns: u32, // Elements of a row
  first_row: u32,
  first_place: u32,
  stride: u32, // Elements of a row of dy
  first_column: u32,
}

@group(0) @binding(0) var<storage, read> dy: array<Element>;
@group(0) @binding(1) var<storage, read> rows: array<u32>;
@group(0) @binding(2) var<storage, read> order: array<u32>;
@group(0) @binding(3) var<storage, read_write> dtable: array<Element>;
@group(0) @binding(4) var<uniform> uniforms: Uniforms;

const none = 0xffffffffu;

@compute @workgroup_size(workgroup_size)
fn main(
  @builtin(workgroup_id) group: vec3<u32>,
  @builtin(num_workgroups) groups: vec3<u32>,
  @builtin(local_invocation_index) local: u32,
) {
  let thread = thread_index(group, groups, local);
  let place = uniforms.first + thread / uniforms.columns;
  let column = thread % uniforms.columns;
  if (place >= uniforms.end) { return; }
  let row = rows[order[place]];
  if (row == none) { return; }
  if (place > uniforms.first && rows[order[place - 1u]] == row) { return; }
  var sum = Element();
  for (var at = place; at < uniforms.end; at++) {
    let b = order[at];
    if (rows[b] != row) { break; }
    sum += dy[(uniforms.first_place + b) * uniforms.stride + uniforms.first_column + column];
  }
  dtable[(uniforms.first_row + row) * uniforms.columns + column] += sum;
}
`;var oo=`// y[first_place + b] = table[first_row + rows[b]], and zeros where rows[b] is \`none\`. Stores; the table may be
// some columns of y, from \`first_column\` on.

struct Uniforms {
  count: u32, // length of the list
  columns: u32, // Elements of a row
  first_row: u32,
  first_place: u32,
  stride: u32, // Elements of a row of y
  first_column: u32,
}

@group(0) @binding(0) var<storage, read> table: array<Element>;
@group(0) @binding(1) var<storage, read> rows: array<u32>;
@group(0) @binding(2) var<storage, read_write> y: array<Element>;
@group(0) @binding(3) var<uniform> uniforms: Uniforms;

const none = 0xffffffffu;

@compute @workgroup_size(workgroup_size)
fn main(
  @builtin(workgroup_id) group: vec3<u32>,
  @builtin(num_workgroups) groups: vec3<u32>,
  @builtin(local_invocation_index) local: u32,
) {
  let thread = thread_index(group, groups, local);
  let b = thread / uniforms.columns;
  let column = thread % uniforms.columns;
  if (b >= uniforms.count) { return; }
  let row = rows[b];
  var value = Element();
  if (row != none) { value = table[(uniforms.first_row + row) * uniforms.columns + column]; }
  y[(uniforms.first_place + b) * uniforms.stride + uniforms.first_column + column] = value;
}
`;var so=`// merged[start of the pair + rank of an entry in it] = that entry of runs: two sorted runs of \`run\` places beside each
// other become one of twice as many. Stores. The rank is the place in the own run, and what comes before it in the
// other one, by binary search; of equal rows those of the first run come first, so the sort is stable.

struct Uniforms {
  count: u32,
  run: u32, // a power of two
}

@group(0) @binding(0) var<storage, read> runs: array<vec2<u32>>; // row, place
@group(0) @binding(1) var<storage, read_write> merged: array<vec2<u32>>;
@group(0) @binding(2) var<uniform> uniforms: Uniforms;

@compute @workgroup_size(workgroup_size)
fn main(
  @builtin(workgroup_id) group: vec3<u32>,
  @builtin(num_workgroups) groups: vec3<u32>,
  @builtin(local_invocation_index) local: u32,
) {
  let at = thread_index(group, groups, local);
  if (at >= uniforms.count) { return; }
  let run = uniforms.run;
  let own = runs[at];
  let own_start = at & ~(run - 1u);
  let other_start = own_start ^ run;
  let own_is_first = own_start < other_start;
  let start = min(other_start, uniforms.count);
  var low = start;
  var high = min(other_start + run, uniforms.count);
  while (low < high) {
    let middle = (low + high) / 2u;
    let row = runs[middle].x;
    if (row < own.x || (row == own.x && !own_is_first)) {
      low = middle + 1u;
    } else {
      high = middle;
    }
  }
  merged[min(own_start, other_start) + (at - own_start) + (low - start)] = own;
}
`;var no=`// Computes what sorted_runs.wgsl declares, by one invocation a place.

@compute @workgroup_size(workgroup_size)
fn main(
  @builtin(workgroup_id) group: vec3<u32>,
  @builtin(num_workgroups) groups: vec3<u32>,
  @builtin(local_invocation_index) local: u32,
) {
  let at = thread_index(group, groups, local);
  if (at >= uniforms.count) { return; }
  let own = runs[at];
  let own_start = at / run * run;
  var rank = at - own_start;
  for (var start = 0u; start < uniforms.count; start += run) {
    if (start == own_start) { continue; }
    var low = start;
    var high = min(start + run, uniforms.count);
    while (low < high) {
      let middle = (low + high) / 2u;
      let row = runs[middle].x;
      if (row < own.x || (row == own.x && start < own_start)) {
        low = middle + 1u;
      } else {
        high = middle;
      }
    }
    rank += low - start;
  }
  order[rank] = own.y;
}
`;var ao=`// Computes what sorted_runs.wgsl declares, by eight invocations a place, each of which searches every eighth run: a GPU
// waits for each row that a search looks at.

const lanes = 8u;

var<workgroup> found: array<u32, 256>;

// How many of the run that begins at \`start\` come before the place \`at\`.
fn before(start: u32, at: u32) -> u32 {
  let own_start = at / run * run;
  if (start == own_start) { return at - own_start; }
  let own = runs[at].x;
  var low = start;
  var high = min(start + run, uniforms.count);
  while (low < high) {
    let middle = (low + high) / 2u;
    let row = runs[middle].x;
    if (row < own || (row == own && start < own_start)) {
      low = middle + 1u;
    } else {
      high = middle;
    }
  }
  return low - start;
}

@compute @workgroup_size(256)
fn main(
  @builtin(workgroup_id) group: vec3<u32>,
  @builtin(num_workgroups) groups: vec3<u32>,
  @builtin(local_invocation_index) local: u32,
) {
  let at = (group.y * groups.x + group.x) * (256u / lanes) + local / lanes;
  let lane = local % lanes;
  var rank = 0u;
  if (at < uniforms.count) {
    for (var start = lane * run; start < uniforms.count; start += lanes * run) {
      rank += before(start, at);
    }
  }
  found[local] = rank;
  workgroupBarrier();
  if (lane > 0u || at >= uniforms.count) { return; }
  for (var other = 1u; other < lanes; other++) { rank += found[local + other]; }
  order[rank] = runs[at].y;
}
`;var io=`// runs[start of b's run + rank of b in it] = (rows[b], b), where a run is \`run\` places and b's are ranked by
// rows[b], then by b; \`none\` comes last. Stores. merge_runs.wgsl puts the runs together.
//
// A counting rank: each invocation compares four rows with all others of their run. For so few that is
// cheaper than a sort with its barriers, and neighbouring invocations read the same address.

struct Uniforms {
  count: u32,
}

override run: u32 = 256u;

@group(0) @binding(0) var<storage, read> rows: array<vec4<u32>>;
@group(0) @binding(1) var<storage, read_write> runs: array<vec2<u32>>;
@group(0) @binding(2) var<uniform> uniforms: Uniforms;

const none = 0xffffffffu;

// Four rows; places beyond the end of the list count as \`none\`, and come after all that are in it.
fn rows_at(vector: u32) -> vec4<u32> {
  let places = vec4<u32>(0u, 1u, 2u, 3u) + 4u * vector;
  return select(vec4<u32>(none), rows[vector], places < vec4<u32>(uniforms.count));
}

// 1 where a row comes before the own ones: it is smaller, or equal and \`earlier\` in the list.
fn comes_before(other: u32, own: vec4<u32>, earlier: vec4<bool>) -> vec4<u32> {
  let others = vec4<u32>(other);
  return select(vec4<u32>(0u), vec4<u32>(1u), (others < own) | ((others == own) & earlier));
}

@compute @workgroup_size(workgroup_size)
fn main(
  @builtin(workgroup_id) group: vec3<u32>,
  @builtin(num_workgroups) groups: vec3<u32>,
  @builtin(local_invocation_index) local: u32,
) {
  let vectors = (uniforms.count + 3u) / 4u;
  let vector = thread_index(group, groups, local);
  if (vector >= vectors) { return; }
  let start = vector / (run / 4u) * (run / 4u);
  let own = rows_at(vector);
  var ranks = vec4<u32>(0u);
  for (var at = start; at < min(vectors, start + run / 4u); at++) {
    let others = rows_at(at);
    // Within the own vector the first of two equal rows is earlier than the second alone.
    let earlier = vec4<bool>(at < vector);
    let same = vec4<bool>(at == vector);
    ranks += comes_before(others.x, own, earlier | (vec4<bool>(false, true, true, true) & same));
    ranks += comes_before(others.y, own, earlier | (vec4<bool>(false, false, true, true) & same));
    ranks += comes_before(others.z, own, earlier | (vec4<bool>(false, false, false, true) & same));
    ranks += comes_before(others.w, own, earlier);
  }
  for (var n = 0u; n < 4u; n++) {
    let b = 4u * vector + n;
    if (b < uniforms.count) { runs[4u * start + ranks[n]] = vec2<u32>(own[n], b); }
  }
}
`;var rt=`// What both kernels that merge runs compute, and their operands: order[rank of b] = b, from runs that are sorted by
// row and then by place (sort_runs.wgsl). Stores.
//
// The rank of a place is the one it has in its run, and what comes before it in each other run, by binary search.
// Of equal rows those of earlier runs come first, so the sort is stable.

struct Uniforms {
  count: u32,
}

override run: u32 = 256u;

@group(0) @binding(0) var<storage, read> runs: array<vec2<u32>>; // row, place
@group(0) @binding(1) var<storage, read_write> order: array<u32>;
@group(0) @binding(2) var<uniform> uniforms: Uniforms;
`;var Qn=v("gather/sort_runs",io),Zn=v("gather/merge_pairs",so),ea=v("gather/merge_runs",rt,no),ta=v("gather/merge_runs_by_lanes",rt,ao),ra={software:256,hardware:128},uo=16,oa=8,ot=new WeakMap;function co(o,e){let t=ot.get(o)?.get(e);if(t!==void 0)return t;let{label:r,length:s}=e,n=o.buffer(`order of ${r}`,s*4);sa(o,e,n);let{software:a}=o.memory.gpu,i=ra[a?"software":"hardware"],c=f=>o.buffer(`${f} runs of ${r}`,s*8),u=c("sorted"),l=s>uo*i?c("merged"):u;for(o.launch(Qn,{buffers:{rows:e.allocation,runs:u},uniforms:{count:s},constants:{run:i},threads:Math.ceil(s/4)});s>uo*i;i*=2)o.launch(Zn,{buffers:{runs:u,merged:l},uniforms:{count:s,run:i},threads:s}),[u,l]=[l,u];return o.launch(a?ea:ta,{buffers:{runs:u,order:n},uniforms:{count:s},constants:{run:i},threads:a?s:s*oa,workgroupSize:a?void 0:256}),n}function sa(o,e,t){let r=ot.get(o);r===void 0&&ot.set(o,r=new Map),r.set(e,t)}var lo=`// dtable[first_row + rows[b]] = dy[first_place + b] for a list whose rows all differ. Stores, or adds (+=) where
// \`accumulate\` is 1; rows that the list lacks stay as they are. The table may be some columns of dy, from
// \`first_column\` on.

override accumulate: bool = false;

struct Uniforms {
  count: u32,
  columns: u32, // Elements of a row
  first_row: u32,
  first_place: u32,
  stride: u32, // Elements of a row of dy
  first_column: u32,
}

@group(0) @binding(0) var<storage, read> dy: array<Element>;
@group(0) @binding(1) var<storage, read> rows: array<u32>;
@group(0) @binding(2) var<storage, read_write> dtable: array<Element>;
@group(0) @binding(3) var<uniform> uniforms: Uniforms;

const none = 0xffffffffu;

@compute @workgroup_size(workgroup_size)
fn main(
  @builtin(workgroup_id) group: vec3<u32>,
  @builtin(num_workgroups) groups: vec3<u32>,
  @builtin(local_invocation_index) local: u32,
) {
  let thread = thread_index(group, groups, local);
  let b = thread / uniforms.columns;
  let column = thread % uniforms.columns;
  if (b >= uniforms.count) { return; }
  let row = rows[b];
  if (row == none) { return; }
  let at = (uniforms.first_row + row) * uniforms.columns + column;
  var value = dy[(uniforms.first_place + b) * uniforms.stride + uniforms.first_column + column];
  if (accumulate) { value += dtable[at]; }
  dtable[at] = value;
}
`;var aa=P("gather/forward",oo),ia=P("gather/backward",ro),ua=P("gather/scatter",lo),fo=32768;function st(o,e,t,r=0){return ca(o,[{table:e,list:t,firstRow:r}],`${e.label}[${t.label}]`)}function ca(o,e,t){let{columns:r}=e[0].table,s=e.reduce((m,{list:w})=>m+w.length,0),n=e.some(({table:m})=>m.differentiable),a=e.length===1?e[0].list.count:void 0,i=o.tensor(t,s,r,{differentiable:n,counted:a}),{width:c,kernel:u}=aa(r),l=0,f=e.map(({table:m,list:w,firstRow:h=0})=>{let p={first_row:h,first_place:l};return l+=w.length,{table:m,list:w,sliced:b=>jt(b).map(_=>({range:_.range,isLast:_.first+_.columns===r,uniforms:{count:w.length,...p,columns:_.columns/c,stride:r/c,first_column:_.first/c},threads:w.length*_.columns/c})),isLast:l===s}});for(let{table:m,list:w,sliced:h,isLast:p}of f)for(let{range:g,uniforms:b,threads:_,isLast:y}of h(m))o.launch(u,{buffers:{table:g,rows:w.allocation,y:i},partial:p&&y?[]:["y"],uniforms:b,threads:_});return o.onBackward(()=>{let m=o.gradient(i);if(m!==void 0)for(let{table:w,list:h,sliced:p}of f){let g=o.gradientTarget(w);if(g===void 0)continue;let{gradient:b,accumulate:_}=g;_||Je(o,b,0);let y=h.distinct?void 0:co(o,h);for(let{range:N,uniforms:z,threads:W}of p(b)){let{count:I,...J}=z,x=h.allocation;if(y===void 0)o.launch(ua(r).kernel,{buffers:{dy:m,rows:x,dtable:N},constants:{accumulate:Number(_)},uniforms:z,threads:W});else for(let O=0;O<I;O+=fo){let X=Math.min(I,O+fo);o.launch(ia(r).kernel,{buffers:{dy:m,rows:x,order:y,dtable:N},uniforms:{...J,first:O,end:X},threads:(X-O)*z.columns})}}}}),i}var mo=`// copied[first_place + n] = source[first + n], n < count: indices of a list. Stores.

struct Uniforms {
  count: u32,
  first: u32,
  first_place: u32,
}

@group(0) @binding(0) var<storage, read> source: array<u32>;
@group(0) @binding(1) var<storage, read_write> copied: array<u32>;
@group(0) @binding(2) var<uniform> uniforms: Uniforms;

@compute @workgroup_size(workgroup_size)
fn main(
  @builtin(workgroup_id) group: vec3<u32>,
  @builtin(num_workgroups) groups: vec3<u32>,
  @builtin(local_invocation_index) local: u32,
) {
  let n = thread_index(group, groups, local);
  if (n >= uniforms.count) { return; }
  copied[uniforms.first_place + n] = source[uniforms.first + n];
}
`;var ff=v("gather/copy_rows",mo),nt=4294967295;function at(o,e,t,r){return{label:e,length:t,allocation:o.buffer(e,t*4,r)}}var po=`// In Elements: y[r, y_column + c] = x[r, x_column + c] for c < width: a block of columns, copied. It is its own
// backward pass, with x and y exchanged. Stores (=), or adds (+=) where \`accumulate\` is 1.
//
// One invocation copies \`rows_each\` rows of a column, and finds all of them by one division.

override accumulate: bool = false;
override rows_each: u32 = 1u;

struct Uniforms {
  rows: u32,
  width: u32,
  x_columns: u32,
  x_column: u32,
  y_columns: u32,
  y_column: u32,
}

@group(0) @binding(0) var<storage, read> x: array<Element>;
@group(0) @binding(1) var<storage, read_write> y: array<Element>;
@group(0) @binding(2) var<uniform> uniforms: Uniforms;

@compute @workgroup_size(workgroup_size)
fn main(
  @builtin(workgroup_id) group: vec3<u32>,
  @builtin(num_workgroups) groups: vec3<u32>,
  @builtin(local_invocation_index) local: u32,
) {
  let thread = thread_index(group, groups, local);
  let first = thread / uniforms.width * rows_each;
  let column = thread % uniforms.width;
  let x_at = uniforms.x_column + column;
  let y_at = uniforms.y_column + column;
  for (var n = 0u; n < rows_each; n++) {
    let row = first + n;
    if (row < uniforms.rows) {
      let at = row * uniforms.y_columns + y_at;
      var value = x[row * uniforms.x_columns + x_at];
      if (accumulate) { value += y[at]; }
      y[at] = value;
    }
  }
}
`;var vf=P("columns/forward",po);var ho=`// y[r, b, c] = \u03A3_i weights[b, first_term + i]\xB7x_i[r, c] over the first \`terms\` of four: several sums of the same
// tensors, side by side in a row. Stores (=), or adds (+=) where \`accumulate\` is 1. One invocation \`rows_each\`
// rows of a column.

override rows_each: u32 = 1u;
override sums: u32 = 1u; // a constant: drivers write the loop over them out
override terms: u32 = 4u;
override accumulate: bool = false;

struct Uniforms {
  rows: u32,
  columns: u32, // Elements of a row of x
  all_terms: u32,
  first_term: u32,
}

@group(0) @binding(0) var<storage, read> x0: array<Element>;
@group(0) @binding(1) var<storage, read> x1: array<Element>;
@group(0) @binding(2) var<storage, read> x2: array<Element>;
@group(0) @binding(3) var<storage, read> x3: array<Element>;
@group(0) @binding(4) var<storage, read> weights: array<f32>; // sums\xD7all_terms
@group(0) @binding(5) var<storage, read_write> y: array<Element>;
@group(0) @binding(6) var<uniform> uniforms: Uniforms;

@compute @workgroup_size(workgroup_size)
fn main(
  @builtin(workgroup_id) group: vec3<u32>,
  @builtin(num_workgroups) groups: vec3<u32>,
  @builtin(local_invocation_index) local: u32,
) {
  let thread = thread_index(group, groups, local);
  let first_row = thread / uniforms.columns * rows_each;
  let column = thread % uniforms.columns;
  for (var n = 0u; n < rows_each; n++) {
    let row = first_row + n;
    if (row < uniforms.rows) {
      let own = row * uniforms.columns + column;
      let a = x0[own];
      var b = Element();
      var c = Element();
      var d = Element();
      if (terms > 1u) { b = x1[own]; }
      if (terms > 2u) { c = x2[own]; }
      if (terms > 3u) { d = x3[own]; }
      var at = row * sums * uniforms.columns + column;
      for (var sum = 0u; sum < sums; sum++) {
        let first = sum * uniforms.all_terms + uniforms.first_term;
        var value = weights[first] * a;
        if (terms > 1u) { value += weights[first + 1u] * b; }
        if (terms > 2u) { value += weights[first + 2u] * c; }
        if (terms > 3u) { value += weights[first + 3u] * d; }
        if (accumulate) { value += y[at]; }
        y[at] = value;
        at += uniforms.columns;
      }
    }
  }
}
`;var wo=`// dx_i[r, c] = \u03A3_b weights[b, first_term + i]\xB7dy[r, b, c] for the first \`terms\` of four: what terms get of sums that stand
// side by side. Stores (=), or adds (+=) where \`accumulate\` is 1. One invocation \`rows_each\` rows of a column.

override rows_each: u32 = 1u;
override sums: u32 = 1u; // a constant: drivers write the loop over them out
override terms: u32 = 4u;
override accumulate: bool = false;

struct Uniforms {
  rows: u32,
  columns: u32, // Elements of a row of x
  all_terms: u32,
  first_term: u32,
}

@group(0) @binding(0) var<storage, read> dy: array<Element>;
@group(0) @binding(1) var<storage, read> weights: array<f32>; // sums\xD7all_terms
@group(0) @binding(2) var<storage, read_write> dx0: array<Element>;
@group(0) @binding(3) var<storage, read_write> dx1: array<Element>;
@group(0) @binding(4) var<storage, read_write> dx2: array<Element>;
@group(0) @binding(5) var<storage, read_write> dx3: array<Element>;
@group(0) @binding(6) var<uniform> uniforms: Uniforms;

@compute @workgroup_size(workgroup_size)
fn main(
  @builtin(workgroup_id) group: vec3<u32>,
  @builtin(num_workgroups) groups: vec3<u32>,
  @builtin(local_invocation_index) local: u32,
) {
  let thread = thread_index(group, groups, local);
  let first_row = thread / uniforms.columns * rows_each;
  let column = thread % uniforms.columns;
  for (var n = 0u; n < rows_each; n++) {
    let row = first_row + n;
    if (row < uniforms.rows) {
      let own = row * uniforms.columns + column;
      let start = row * sums * uniforms.columns + column;
      var a = Element();
      var b = Element();
      var c = Element();
      var d = Element();
      if (accumulate) {
        a = dx0[own];
        if (terms > 1u) { b = dx1[own]; }
        if (terms > 2u) { c = dx2[own]; }
        if (terms > 3u) { d = dx3[own]; }
      }
      for (var sum = 0u; sum < sums; sum++) {
        let upstream = dy[start + sum * uniforms.columns];
        let first = sum * uniforms.all_terms + uniforms.first_term;
        a += weights[first] * upstream;
        if (terms > 1u) { b += weights[first + 1u] * upstream; }
        if (terms > 2u) { c += weights[first + 2u] * upstream; }
        if (terms > 3u) { d += weights[first + 3u] * upstream; }
      }
      dx0[own] = a;
      if (terms > 1u) { dx1[own] = b; }
      if (terms > 2u) { dx2[own] = c; }
      if (terms > 3u) { dx3[own] = d; }
    }
  }
}
`;var go=`// y = w0\xB7x0 + w1\xB7x1 + w2\xB7x2 + w3\xB7x3, of which the first \`terms\` count, elementwise. Stores (=), or
// adds (+=) where \`accumulate\` is 1. It is its own backward pass: dx_i = w_i\xB7dy.

override terms: u32 = 4u;
override accumulate: bool = false;

struct Uniforms {
  vectors: u32,
  w0: f32,
  w1: f32,
  w2: f32,
  w3: f32,
}

@group(0) @binding(0) var<storage, read> x0: array<vec4<f32>>;
@group(0) @binding(1) var<storage, read> x1: array<vec4<f32>>;
@group(0) @binding(2) var<storage, read> x2: array<vec4<f32>>;
@group(0) @binding(3) var<storage, read> x3: array<vec4<f32>>;
@group(0) @binding(4) var<storage, read_write> y: array<vec4<f32>>;
@group(0) @binding(5) var<uniform> uniforms: Uniforms;

@compute @workgroup_size(workgroup_size)
fn main(
  @builtin(workgroup_id) group: vec3<u32>,
  @builtin(num_workgroups) groups: vec3<u32>,
  @builtin(local_invocation_index) local: u32,
) {
  let quarter = (uniforms.vectors + 3u) / 4u;
  let thread = thread_index(group, groups, local);
  if (thread >= quarter) { return; }
  for (var n = 0u; n < 4u; n++) {
    let at = thread + n * quarter;
    if (at < uniforms.vectors) {
      var value = vec4<f32>(0.0);
      if (terms > 0u) { value = uniforms.w0 * x0[at]; }
      if (terms > 1u) { value += uniforms.w1 * x1[at]; }
      if (terms > 2u) { value += uniforms.w2 * x2[at]; }
      if (terms > 3u) { value += uniforms.w3 * x3[at]; }
      if (accumulate) { value += y[at]; }
      y[at] = value;
    }
  }
}
`;var ha=v("weighted_sum/forward",go),Ef=P("weighted_sum/beside",ho),Pf=P("weighted_sum/beside_backward",wo),bo=4;function vo(o,e,t,r,s=!1){let n=e.filter(({weight:i})=>i!==0);if(n.length===0&&s)return;let a=Math.ceil(r/4);for(let i=0;i<Math.max(n.length,1);i+=bo){let c=n.slice(i,i+bo),u=l=>c[l]??{x:e[0].x,weight:0};o.launch(ha,{buffers:{x0:u(0).x,x1:u(1).x,x2:u(2).x,x3:u(3).x,y:t},uniforms:{vectors:a,w0:u(0).weight,w1:u(1).weight,w2:u(2).weight,w3:u(3).weight},constants:{terms:c.length,accumulate:Number(s||i>0)},threads:Math.ceil(a/4)})}}function wa(o,e){return kr(o).sort().subarray(-e).reduce((t,r)=>t+r,0)}function ga({rowStart:o,column:e},t){return Array.from(t,r=>e.subarray(o[r],o[r+1]))}var xe=class{representation;places;taken;scores;#e;#t;#r;#o;constructor(e,t,r,s,n){this.representation=t,this.places=r,this.taken=s,this.#o=new Map,this.#e=e;let a=s.columns;if(this.scores=n??e.tensor("scores of a block",r,It(a),{differentiable:!1}),this.#t=at(e,"users of a block",r),"users"in t)return;let i=Math.max(a,wa(s,r));this.#r={start:e.buffer("history starts of a block",(r+1)*4),items:e.buffer("histories of a block",i*4)}}append(){let{start:e,items:t}=this.#r??{},n={users:this.#t,historyStart:e,history:t,rowsOf:(a,i)=>this.#n(a,i)};Zr(this.#e,this.representation,n,this.scores)}#n(e,t){let{table:r,firstRow:s}=t.users,n=st(e,r,this.#t,s);if(this.#r===void 0)return n;let{columns:a}=n,i=this.#o.get(t)??e.tensor("rows of new users",this.places,a,{differentiable:!1});return this.#o.set(t,i),vo(e,[{x:i,weight:1}],n,this.places*a,!0),n}load(e){let t=new Uint32Array(this.places).fill(nt);t.set(e),this.#e.memory.write(this.#t.allocation,t),this.#r!==void 0&&(this.#s([]),this.#a(ga(this.taken,e)))}loadHistories(e,t=new Map){if(this.#r===void 0)throw new Error("Scores do not come from histories");this.#s(e,t),this.#e.memory.write(this.#t.allocation,new Uint32Array(this.places).fill(nt)),this.#a(e)}#s(e,t=new Map){for(let[r,s]of this.#o){let n=new Float32Array(this.places*s.columns);e.forEach((a,i)=>n.set(t.get(r).row(a),i*s.columns)),this.#e.memory.write(s.allocation,n)}}#a(e){let{start:t,items:r}=this.#r,s=new Uint32Array(this.places+1);for(let a=0;a<this.places;a++)s[a+1]=s[a]+(e[a]?.length??0);let n=new Uint32Array(s[this.places]);e.forEach((a,i)=>n.set(a,s[i])),this.#e.memory.write(t,s),this.#e.memory.write(r,n)}};async function ba(o,e,t,r){let s=t*r*4,[n,a]=await q(o,[{allocation:e.items,bytes:s},{allocation:e.scores,bytes:s}]);return Array.from({length:t},(i,c)=>{let u=new Uint32Array(n,c*r*4,r),l=u.indexOf(yr),f=l===-1?r:l;return{items:u.subarray(0,f),scores:new Float32Array(a,c*r*4,f)}})}var ke=class{k;scores;#e;#t;#r;#o;#n;#s;#a;constructor(e,t,r,s){this.k=r;let{representation:n,places:a,items:i,taken:c}=t;this.#e=e,this.#o=i;let u=this.#t=new M(e,`lists of ${r}`),l=this.#r=new xe(u,n,a,c,t.scores),f=this.scores=l.scores;e.keep(f.allocation),this.#n=new ve(u,"excluded pairs",s),this.#s=u.buffer("allowed items",Math.ceil(i/32)*4),l.append(),wr(u,f,i,this.#s),hr(u,f,this.#n);let m=h=>u.buffer(h,a*r*4),w=this.#a={items:m("best items"),scores:m("best scores")};e.keep(w.items),e.keep(w.scores),xr(u,f,{users:a,items:i,k:r},w)}get places(){return this.#r.places}async compile(){await this.#t.compile()}async ofUsers(e,t,r){return this.#r.load(e),await this.#i(e.length,t,r)}async*ofManyUsers(e,t,r){let s=new be(this.#e.gpu.device),n=async a=>{let i=Array.from(a,t);return(await this.ofUsers(a,i,r)).map((u,l)=>({user:a[l],excluded:i[l],...u}))};for(let a=0;a<e.length;a+=this.places){let i=e.subarray(a,a+this.places);yield*await s.submit(()=>n(i))??[]}yield*await s.finish()??[]}async ofHistories(e,t,r,s){return this.#r.loadHistories(e,s),await this.#i(e.length,t,r)}async#i(e,t,r){return this.#n.write(t),this.#e.write(this.#s,this.#u(r)),this.#t.submit(),await ba(this.#e,this.#a,e,this.k)}#u(e){let t=new Uint32Array(Math.ceil(this.#o/32));if(e===void 0)return t.fill(4294967295);for(let r of e)t[r>>>5]|=1<<(r&31);return t}};var va=16,Se=class o{#e;#t;#r;#o=Promise.resolve();constructor(e,t,r){this.#e=e,this.#t=t,this.#r=r}static async open(e,{items:t,columns:r,listLength:s}){let n=new L(e),a=new M(n,"rows"),i=t.length/r,c=a.tensor("rows of items",i,r,{data:t}),u=a.tensor("row of a user",1,r),l={rows:1,columns:i,rowStart:new Uint32Array(2),column:new Uint32Array,value:new Float32Array},m={representation:{users:{table:u,firstRow:0,rows:1},items:{table:c,firstRow:0,rows:i}},places:va,items:i,taken:l},w=new ke(n,m,s,i);return await w.compile(),new o(n,u,w)}best(e,t){let r=this.#o.then(async()=>{this.#e.write(this.#t.allocation,e);let[s]=await this.#r.ofUsers(Uint32Array.of(0),[t]);return s});return this.#o=r.catch(()=>{}),r}};var $e=class{isRankingHere=!0;failure;#e;#t;#r=new Map;constructor(e){this.#e=e}get hasDevice(){return"gpu"in navigator}async list(e,t){let{index:r,users:s}=this.#e,n=s?.untrained.includes(t)??!1,{rows:a}=r.runs[e];if(this.isRankingHere&&this.hasDevice&&this.failure===void 0&&a!==void 0&&!n){let[c,{whole:u},l]=await Promise.all([this.#e.itemRows(e),this.#e.userRow(e,t),this.#e.history(t)]);try{return await this.#o(e,{items:c,columns:a.columns},u,l)}catch(f){this.failure=f instanceof Error?f.message:String(f)}}return{items:await this.#e.list(e,t)}}async similar(e,t){let{runs:r,listLength:s}=this.#e.index,{rows:n}=r[e];if(n===void 0)return await this.#e.similar(e,t);let a=await this.#e.itemRows(e),{items:i,scores:c}=fr(a,n.columns,t,s);return Array.from(i,(u,l)=>({item:u,score:c[l]}))}async#o(e,t,r,s){let n=await(this.#t??=lr("auto")),{listLength:a}=this.#e.index,i=this.#r.get(e)??Se.open(n,{...t,listLength:a});this.#r.set(e,i);let{items:c,scores:u}=await(await i).best(r,Uint32Array.from(s));return{items:Array.from(c,(l,f)=>({item:l,score:u[f]})),device:n.name}}};var Be={modality:"By modality",band:"By band","band and modality":"By band and modality",view:"By view",hop:"By hop on the interaction graph",filter:"By filter",member:"By member, standardised and weighed"};function _o(o){return o.filter(({by:e})=>e!=="band and modality")}function yo(o){if(o.some(({user:s,item:n})=>s===void 0||n===void 0))return;let e=[...new Set(o.map(({user:s})=>s))],t=[...new Set(o.map(({item:s})=>s))],r=(s,n)=>o.find(({user:a,item:i})=>a===s&&i===n).value;return{rows:e,columns:t,values:e.map(s=>t.map(n=>r(s,n)))}}function xo({score:o,breakdowns:e,whose:t,own:r=[],isExact:s,note:n},a){let i=_o(e).flatMap(c=>_a(c,t));return r.length>0&&i.push(G(s?"By what was taken":"By what was taken, approximately",r.map(({item:c,value:u})=>({name:a(c),value:u})),D(r.map(({value:c})=>c)))),d("div",{class:"explanation"},n===void 0?void 0:d("p",{},n),...i,e.length===0?void 0:d("p",{class:"quiet"},`The parts of each table sum to ${ee(o)}.`))}function _a({by:o,parts:e},t){let r=D(e.map(({value:f})=>f)),s=yo(e);if(s===void 0)return[G(Be[o],e,r)];let{rows:n,columns:a,values:i}=s,[c,u]=t==="user"?["user's","item's"]:["first item's","other one's"],l=a.map((f,m)=>({name:f,value:i.reduce((w,h)=>w+h[m],0)}));return[G(`${Be[o]} of the item`,l,r),Z({caption:`${Be[o]}: the ${c} in rows, the ${u} in columns`,columns:a,rows:n.map((f,m)=>({name:f,values:i[m]}))},r)]}var Me=class{#e;#t;constructor(e,t){this.#e=e,this.#t=t}link(e){return d("a",{href:this.#t(e)},this.#e.nameOf(e))}picture(e){let t=this.#e.pictureOf(e);return t===void 0?void 0:d("img",{src:t,alt:"",loading:"lazy",...{width:"64",height:"64"}})}plain(e){return d("ul",{class:"plain"},...e.map(t=>d("li",{},this.picture(t),this.link(t))))}list({items:e,reason:t,beside:r}){let s=this.#e.items.names!==void 0;return d("ol",{class:"list"},...e.map(({item:n,score:a})=>{let i=r?.get(n),c=String(this.#e.items.ids[n]);return d("li",{},this.picture(n),d("div",{class:"item"},this.link(n),s?d("span",{class:"id"},c):void 0,d("span",{class:"score",title:"score"},ee(a)),r===void 0?void 0:d("span",{class:i===void 0?"beside only":"beside"},i===void 0?"only here":`there at ${i+1}`),this.#r(n,t)))}))}#r(e,t){let r=d("details",{},d("summary",{},"Why",d("span",{class:"hidden"},` ${this.#e.nameOf(e)}`))),s=!1;return r.addEventListener("toggle",async()=>{if(!(!r.open||s)){s=!0;try{let n=xo(await t(e),a=>this.link(a));r.append(n)}catch(n){throw s=!1,r.open=!1,n}}}),r}};function it(o,e){return e===void 0?o:`${o}?made=${e}`}var F=(o,e)=>`${Math.floor(o/256)}.${e}`,B={index:"page.json",items:"items.json",users:"users.json",histories:o=>`histories/${F(o,"json")}`,lists:(o,e)=>`runs/${o}/lists/${F(e,"bin")}`,similar:(o,e)=>`runs/${o}/similar/${F(e,"bin")}`,userRows:(o,e)=>`runs/${o}/user-rows/${F(e,"bin")}`,itemRows:(o,e)=>`runs/${o}/item-rows/${F(e,"bin")}`,userParts:(o,e)=>`runs/${o}/user-parts/${F(e,"bin")}`,itemParts:(o,e)=>`runs/${o}/item-parts/${F(e,"bin")}`,reasons:(o,e)=>`runs/${o}/reasons/${e}.json`,picture:(o,e)=>`images/${o}.${e}`};async function ko(o,e,t){let r=o.values();await Promise.all(Array.from({length:e},async()=>{for(let s of r)await t(s)}))}var xa=6,ze=class o{index;items;users;#e;constructor(e,t,r){this.index=e,this.items=t,this.users=r,this.#e=new Map}static async open(){let e=await se(B.index);if(e.format!==1)throw new Error(`This page has files of version ${e.format}, and code for version ${1}: export it again.`);let[t,r]=await Promise.all([se(B.items,e.made),e.users===void 0?void 0:se(B.users,e.made)]);return new o(e,t,r)}nameOf(e){return this.items.names?.[e]||String(this.items.ids[e])}pictureOf(e){let t=this.items.pictures?.[e];if(t)return it(B.picture(e,t),this.index.made)}async history(e){let t=B.histories(e);return(await this.#s(t,()=>se(t,this.index.made)))[e%256]}list(e,t){return this.#o(B.lists(e,t),t)}similar(e,t){return this.#o(B.similar(e,t),t)}reasons(e,t){let r=B.reasons(e,t);return this.#s(r,()=>se(r,this.index.made))}rowsOf(e){let{rows:t,name:r}=this.index.runs[e];if(t===void 0)throw new Error(`The run "${r}" has no rows`);return t}async userRow(e,t){let r=this.rowsOf(e).userParts;return{whole:await this.#t(B.userRows(e,t),e,t),parts:await this.#r(B.userParts(e,t),e,r,t)}}async itemRow(e,t){let r=this.rowsOf(e).itemParts;return{whole:await this.#t(B.itemRows(e,t),e,t),parts:await this.#r(B.itemParts(e,t),e,r,t)}}itemRows(e){return this.#s(`rows of ${e}`,async()=>{let{columns:t}=this.rowsOf(e),r=new Float32Array(this.index.items*t),s=Array.from({length:Math.ceil(this.index.items/256)},(n,a)=>a*256);return await ko(s,xa,async n=>{r.set(await this.#n(B.itemRows(e,n)),n*t)}),r})}async#t(e,t,r){let{columns:s}=this.rowsOf(t),n=r%256*s;return(await this.#n(e)).slice(n,n+s)}async#r(e,t,r,s){if(r.length===1)return[];let{columns:n}=this.rowsOf(t),a=await this.#n(e),i=a.length/n/r.length;return r.map((c,u)=>{let l=(u*i+s%256)*n;return a.subarray(l,l+n)})}async#o(e,t){let r=this.index.listLength,s=await this.#s(e,()=>$o(e,this.index.made)),n=t%256*r*4,a=new Uint32Array(s,n,r),i=new Float32Array(s,s.byteLength/2+n,r);return Array.from(a,(c,u)=>({item:c,score:i[u]})).filter(({item:c})=>c!==4294967295)}#n(e){return this.#s(e,async()=>new Float32Array(await $o(e,this.index.made)))}#s(e,t){let r=this.#e.get(e);if(r!==void 0)return r;let s=t();return this.#e.set(e,s),s.catch(()=>this.#e.delete(e)),s}};async function Bo(o,e){let t=await fetch(it(o,e));if(t.ok)return t;throw new Error(e!==void 0&&t.status===404?"The server has loaded its run again, and this page is of the one before. Reload the page.":`Cannot fetch "${o}": the server answered ${t.status}.`)}async function se(o,e){return await(await Bo(o,e)).json()}async function $o(o,e){return await(await Bo(o,e)).arrayBuffer()}var ka=1e-5;function Mo(o,e,t,r=0){let s=Array.from(t),n=s.reduce((i,c)=>i+c,0),a=s.reduce((i,c)=>i+Math.abs(c),0);if(!(Math.abs(n-e)<=ka*a+r))throw new j(`Cannot explain a score of ${e}: its ${o} sum to ${n}`,"This is a defect of Bandpass or of a model of your own: please report it with the run's config.json")}var Sa=2**-20;function ut({by:o,blocks:e},t,r,s=1){let n=t.whole.map((p,g)=>s*p*r.whole[g]),a=n.reduce((p,g)=>p+g,0),i=Sa*n.reduce((p,g)=>p+Math.abs(g),0),c=e??[{name:"all",columns:t.whole.length}],u=[...new Set(c.map(({name:p})=>p))],l=t.parts.flatMap(p=>r.parts.map(g=>({...$a(p.name,g.name,t.parts.length,r.parts.length),values:Ba(p.row,g.row,c,u).map(b=>s*b)})));Mo("parts",a,l.flatMap(({values:p})=>p),i);let f=p=>p.reduce((g,b)=>g+b,0),m=u.map((p,g)=>({name:p,value:f(l.map(b=>b.values[g]))})),w=l.map(({values:p,...g})=>({...g,value:f(p)})),h=[];if(u.length>1&&h.push({by:"modality",parts:m}),l.length>1&&h.push({by:o,parts:w}),u.length>1&&l.length>1){let p=l.flatMap(({values:g,...b})=>u.map((_,y)=>({...b,name:`${_} ${b.name}`,modality:_,value:g[y]})));h.push({by:"band and modality",parts:p})}return h}function $a(o,e,t,r){return t===1?{name:e,item:e}:r===1?{name:o,user:o}:{name:`${o} \xD7 ${e}`,user:o,item:e}}function Ba(o,e,t,r){let s=r.map(()=>0),n=0;for(let{name:a,columns:i}of t){let c=r.indexOf(a);for(let u=n;u<n+i;u++)s[c]+=o[u]*e[u];n+=i}return s}function ne(o,e){return o.reduce((t,r,s)=>t+r*e[s],0)}async function zo(o,e,t,r){if(o.users?.untrained.includes(t))return{score:o.items.counts[r],whose:"user",breakdowns:[],note:"The model knows nothing of this user, who gets the items that are taken most."};let{rows:s,hasReasons:n}=o.index.runs[e];if(s===void 0)return n?await za(o,e,t,r):Ma;let a=Ae(await o.userRow(e,t),s.userParts),i=Ae(await o.itemRow(e,r),s.itemParts);return ct("user",ut(s,a,i),ne(a.whole,i.whole))}async function Ao(o,e,t,r){let{rows:s}=o.index.runs[e];if(s===void 0)return{score:0,whose:"item",breakdowns:[],note:"What somebody gets who took the item alone."};let n=Ae(await o.itemRow(e,t),s.itemParts),a=Ae(await o.itemRow(e,r),s.itemParts),i=Math.sqrt(ne(n.whole,n.whole)*ne(a.whole,a.whole));if(i===0)return ct("item",[],0);let c=ne(n.whole,a.whole)/i;return ct("item",ut(s,n,a,1/i),c)}var Ma={score:0,whose:"user",breakdowns:[],note:"This page has no reasons for the lists of this model, whose scores are no products of rows."};function ct(o,e,t){return e.length>0?{score:t,whose:o,breakdowns:e}:{score:t,whose:o,breakdowns:e,note:"This model's scores are whole: they have no parts."}}async function za(o,e,t,r){let s=o.items.ids[r],n=(await o.reasons(e,t)).find(l=>l.item===s);if(n===void 0)throw new Error(`The server gives no reason for "${s}".`);let a=new Map(o.items.ids.map((l,f)=>[l,f])),{score:i,breakdowns:c,own:u}=n;return{score:i,whose:"user",breakdowns:c,isExact:u?.isExact,own:u?.parts.map(({item:l,value:f})=>({item:a.get(l),value:f}))}}function Ae({whole:o,parts:e},t){let r=Float64Array.from(o);return e.length===0?{whole:r,parts:[{name:t[0],row:r}]}:{whole:r,parts:e.map((s,n)=>({name:t[n],row:Float64Array.from(s)}))}}function lt(o){return o.normalize("NFKD").replaceAll(/\p{M}/gu,"").toLocaleLowerCase()}function Uo(o,e,t){let r=lt(e.trim());if(r==="")return[];let s=[[],[],[],[]];return o.forEach((n,a)=>{let i=Aa(n,e.trim(),r);i!==void 0&&s[i].length<t&&s[i].push(a)}),s.flat().slice(0,t)}function Aa({id:o,name:e},t,r){if(o===t)return 0;let[s,n]=[lt(o),lt(e)];return s.startsWith(r)||n.startsWith(r)?1:n.includes(` ${r}`)?2:s.includes(r)||n.includes(r)?3:void 0}var Ua=12,Ea=0;function Eo({label:o,things:e,onChoice:t}){let r=`search-${Ea++}`,s=d("input",{id:r,type:"text",role:"combobox",autocomplete:"off",spellcheck:"false","aria-expanded":"false","aria-controls":`${r}-list`,"aria-autocomplete":"list"}),n=d("ul",{id:`${r}-list`,role:"listbox","aria-label":o});n.hidden=!0;let a=[],i=-1,c=m=>{i=m,[...n.children].forEach((w,h)=>{w.setAttribute("aria-selected",String(h===i)),h===i&&w.scrollIntoView({block:"nearest"})}),i===-1?s.removeAttribute("aria-activedescendant"):s.setAttribute("aria-activedescendant",`${r}-${i}`)},u=()=>{n.hidden=!0,s.setAttribute("aria-expanded","false"),c(-1)},l=m=>{s.value=e[a[m]].name,u(),t(a[m])},f=()=>{a=Uo(e,s.value,Ua);let m=a.length===0&&s.value.trim()!=="";n.replaceChildren(...a.map((w,h)=>Pa(e[w],`${r}-${h}`,()=>l(h))),...m?[d("li",{class:"none",role:"presentation"},"Nothing found")]:[]),n.hidden=n.children.length===0,s.setAttribute("aria-expanded",String(!n.hidden)),c(-1)};return s.addEventListener("input",f),s.addEventListener("blur",u),s.addEventListener("keydown",m=>{if(m.key==="Escape")return u();if(m.key==="Enter")n.hidden&&f(),a.length>0&&l(Math.max(0,i));else if(m.key==="ArrowDown"||m.key==="ArrowUp"){if(n.hidden&&f(),a.length===0)return;let w=m.key==="ArrowDown"?1:-1;c(i===-1&&w===-1?a.length-1:(i+w+a.length)%a.length)}else return;m.preventDefault()}),d("div",{class:"search"},d("label",{for:r},o),s,n)}function Pa({id:o,name:e},t,r){let s=e!==o,n=d("li",{id:t,role:"option","aria-selected":"false"},d("span",{class:s?"name":"id"},e),s?d("span",{class:"id"},` ${o}`):void 0);return n.addEventListener("pointerdown",a=>{a.preventDefault(),r()}),n}var ft=12,mt=class{#e;#t;#r;#o=0;constructor(e){this.#e=e,this.#t=new $e(e),this.#r=new Me(e,t=>this.#i({view:"item",id:this.#a(t)}))}start(){let{dataset:e}=this.#e.index;$("title").textContent=`Bandpass \xB7 ${e}`,document.title=`${e} \xB7 Bandpass`,addEventListener("hashchange",()=>this.#c(!0)),$("skip").addEventListener("click",t=>{t.preventDefault(),$("content").focus()}),this.#c(!1)}get#n(){return xt(location.hash)}get#s(){let{runs:e}=this.#e.index,{run:t,beside:r}=this.#n,s=Math.max(0,e.findIndex(({name:a})=>a===t)),n=e.findIndex(({name:a})=>a===r);return n===-1||n===s?[s]:[s,n]}#a(e){return String(this.#e.items.ids[e])}#i(e){return yt({...this.#n,...e})}#u(e){location.hash=this.#i(e)}async#c(e){let t=++this.#o,{view:r,id:s}=this.#n;this.#m(),$("status").textContent=r==="user"||r==="item"?"Ranking \u2026":"";let{shown:n,status:a}=await this.#f(r,s);t===this.#o&&($("content").replaceChildren(n),$("status").textContent=a,e&&$("content").focus({preventScroll:!0}))}async#f(e,t){let{users:r,items:s,index:n}=this.#e,a=this.#s;if(e==="inside")return{shown:$t(n,a.map(c=>n.runs[c])),status:""};if(e==="start")return{shown:this.#p(),status:""};let i=(e==="user"?r?.ids??[]:s.ids).findIndex(c=>String(c)===t);if(i===-1){let c=e==="user"&&r===void 0?"This page was made without users.":`There is no ${e} "${t}".`;return{shown:d("p",{class:"failure"},c),status:""}}return e==="user"?await this.#h(i):await this.#w(i)}#m(){let{index:e,users:t,items:r}=this.#e,s=this.#n,n=(c,u,l)=>d("a",{href:this.#i(u),"aria-current":l?"page":void 0},c);if($("views").replaceChildren(n("Lists",{view:"start",id:""},s.view!=="inside"),n("Bands",{view:"inside",id:""},s.view==="inside")),$("controls").childElementCount===0){let c=(u,l,f)=>Eo({label:`Find ${u==="user"?"a user":"an item"}`,things:l.map((m,w)=>({id:String(m),name:f?.[w]||String(m)})),onChoice:m=>this.#u({view:u,id:String(l[m])})});$("controls").append(...t===void 0?[]:[c("user",t.ids)],c("item",r.ids,r.names),...this.#d(e.runs.map(({name:u})=>u)))}let[a,i=-1]=this.#s;$("controls").querySelectorAll("select").forEach((c,u)=>c.selectedIndex=u===0?a:i+1)}#d(e){let t=[];return e.length>1&&t.push(Ce("Run",e,r=>this.#u({run:e[r]})),Ce("Beside",["nothing",...e],r=>this.#u({beside:r===0?void 0:e[r-1]}))),this.#e.users!==void 0&&this.#t.hasDevice&&t.push(vt("Rank in this browser",this.#t.isRankingHere,r=>{this.#t.isRankingHere=r,this.#c(!1)})),t}#p(){let{index:e,items:t,users:r}=this.#e,s=t.counts.map((n,a)=>({count:n,item:a})).sort((n,a)=>a.count-n.count||n.item-a.item).slice(0,ft);return d("section",{},d("h2",{},"Lists, and the reasons for them"),d("p",{},`${C(t.ids.length,"item")}, `+(r===void 0?"":`${C(r.ids.length,"user")}, `)+`${C(e.runs.length,"run")}. `+(r===void 0?"Find an item to see which others are similar to it; this page was made without users.":"Find a user to see what they are recommended, or an item to see which others are similar to it.")),d("h3",{},"Taken most often"),this.#r.plain(s.map(({item:n})=>n)))}async#h(e){let t=this.#s,[r,...s]=await Promise.all([this.#e.history(e),...t.map(c=>this.#t.list(c,e))]),n=r.slice(0,ft),a=r.slice(ft);return{shown:d("section",{},d("h2",{},`User ${this.#e.users.ids[e]}`),d("h3",{},`Took ${C(r.length,"item")}`),this.#r.plain(n),a.length===0?void 0:d("details",{},d("summary",{},`${a.length} more`),this.#r.plain(a)),this.#l("Recommended",s.map(({items:c})=>c),(c,u)=>zo(this.#e,c,e,u))),status:this.#g(s)}}async#w(e){let t=await Promise.all(this.#s.map(a=>this.#t.similar(a,e))),r=this.#e.nameOf(e),s=this.#a(e);return{shown:d("section",{},d("h2",{},this.#r.picture(e),r===s?`Item ${s}`:r),d("p",{class:"quiet"},r===s?"":`${s} \xB7 `,`taken by ${C(this.#e.items.counts[e],"user")} in train`),this.#l("Similar",t,(a,i)=>Ao(this.#e,a,e,i))),status:`${C(t[0].length,"similar item")}`}}#l(e,t,r){let s=this.#s;return d("div",{class:"columns"},...s.map((n,a)=>{let i=t[1-a];return d("section",{},d("h3",{},`${e} by ${this.#e.index.runs[n].name}`),this.#r.list({items:t[a],reason:c=>r(n,c),beside:s.length===1?void 0:new Map(i.map(({item:c},u)=>[c,u]))}))}))}#g(e){let t=C(e[0].items.length,"item"),r=e.find(({device:c})=>c!==void 0)?.device;if(r!==void 0)return`${t}, ranked in this browser on ${r}.`;let{failure:s,hasDevice:n}=this.#t,a=s!==void 0?`this browser could not rank: ${s}`:this.#e.index.runs[this.#s[0]].rows===void 0?"its model has no rows":n?void 0:"this browser has no WebGPU",i=this.#e.index.isServed?"by the server":"beforehand";return`${t}, ranked ${i}${a===void 0?"":` (${a})`}.`}};function Po(o){$("status").textContent="",$("content").replaceChildren(d("p",{class:"failure"},o instanceof Error?o.message:String(o)))}addEventListener("unhandledrejection",o=>{o.preventDefault(),Po(o.reason)});try{new mt(await ze.open()).start()}catch(o){Po(o)}
