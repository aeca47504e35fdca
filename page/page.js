var{ceil:$s}=Math,Ss=new Uint32Array(1114112);var Fe={failure:1,usage:2,badData:3,noGpu:4,diverged:5,interrupted:130},Te=(o,e="")=>e===""?`"${o}"`:`${o}=${e}`,qe={setting:Te,command(o,e={}){let t=Object.entries(e).map(([r,s])=>Te(r,s));return`the command "${o}"${t.length>0?" with ":""}${t.join(" and ")}`}};function ee(o,e){return he(typeof o=="string"?o:o(e))}var Ur=/[\u0000-\u0009\u000b-\u001f\u007f-\u009f\u2028-\u202e\u2066-\u2069]/g;function he(o){return o.replace(Ur,e=>{let t=e.charCodeAt(0).toString(16).padStart(4,"0");return e==="	"?"\\t":e==="\r"?"\\r":`\\u${t}`})}var W=class extends Error{exitCode;name;nextStep;#e;#t;constructor(e,t,r=Fe.failure){super(ee(e,qe)),this.exitCode=r,this.name="BandpassError",t!==void 0&&(this.nextStep=ee(t,qe)),this.#e=e,this.#t=t}told(e){let t=this.#t&&ee(this.#t,e);return{message:ee(this.#e,e),nextStep:t}}};var y=class extends W{name="GpuError";constructor(e,t){super(e,t,Fe.noGpu)}};function f(o,e={},...t){return Ne(document.createElement(o),e,t)}function D(o,e,...t){return Ne(document.createElementNS("http://www.w3.org/2000/svg",o),e,t)}function $(o){let e=document.getElementById(o);if(e===null)throw new Error(`The page has no "${o}"`);return e}function we(o,e,t,r){let s=f("select",{},...e.map((n,i)=>f("option",{value:String(i)},n)));return s.selectedIndex=t,s.addEventListener("change",()=>r(s.selectedIndex)),f("label",{class:"control"},`${o} `,s)}function Le(o,e,t){let r=f("input",{type:"checkbox"});return r.checked=e,r.addEventListener("change",()=>t(r.checked)),f("label",{class:"control"},r,` ${o}`)}function Ne(o,e,t){for(let[r,s]of Object.entries(e))s!==void 0&&o.setAttribute(r,s);for(let r of t)r!==void 0&&o.append(typeof r=="string"?he(r):r);return o}function Ge({view:o,id:e,run:t,beside:r}){let s=new URLSearchParams;return o!=="start"&&s.set(o,e),t!==void 0&&s.set("run",t),r!==void 0&&s.set("beside",r),`#${s}`}function Ie(o){let e=new URLSearchParams(o.slice(1)),t=["user","item","inside"].find(r=>e.has(r))??"start";return{view:t,id:e.get(t)??"",run:e.get("run")??void 0,beside:e.get("beside")??void 0}}function be(o){return o.toLocaleString("en-US")}function U(o,e){return`${be(o)} ${e}${o===1?"":"s"}`}function O(o,e,t){let r=Math.max(0,...e.map(({value:i})=>i)),s=Math.min(0,...e.map(({value:i})=>i)),n=r-s||1;return f("table",{class:"bars"},f("caption",{},o),f("tbody",{},...e.map(({name:i,value:a})=>{let u=f("div",{class:a<0?"bar negative":"bar"});u.style.setProperty("--from",String((Math.min(0,a)-s)/n)),u.style.setProperty("--length",String(Math.abs(a)/n));let c=f("td",{class:"drawing","aria-hidden":"true"},u);return f("tr",{},f("th",{scope:"row"},i),c,f("td",{class:"number"},t(a)))})))}function j({caption:o,corner:e="",columns:t,rows:r},s){let n=Math.max(...r.flatMap(({values:c})=>c.map(Math.abs)))||1,i=c=>{let l=f("td",{class:c<0?"heat negative":"heat"},s(c));return l.style.setProperty("--share",String(Math.abs(c)/n)),l},a=t.map(c=>f("th",{scope:"col"},c)),u=r.map(({name:c,values:l})=>f("tr",{},f("th",{scope:"row"},c),...l.map(i)));return f("div",{class:"wide",tabindex:"0",role:"group","aria-label":o},f("table",{class:"numbers"},f("caption",{},o),f("thead",{},f("tr",{},f("td",{},e),...a)),f("tbody",{},...u)))}function V(o){if(o===0)return"0";let e=Math.abs(o);if(e<1e-4||e>=1e6)return o.toExponential(2).replace("-","\u2212").replace("e+","e");let t=Math.max(0,2-Math.floor(Math.log10(e)));return o.toFixed(t).replace("-","\u2212")}function C(o){let e=Math.max(...o.map(Math.abs));if(!(e>=1e-4&&e<1e6))return V;let t=Math.max(0,3-Math.floor(Math.log10(e)));return r=>r.toFixed(t).replace("-","\u2212")}function We(o){return`${(100*o).toFixed(1)} %`}var Er={width:640,height:260,left:24,right:8,top:12,bottom:36};function De({eigenvalues:o,bands:e,modalities:t}){let r=n=>(1-o[n]).toFixed(3),s=e.map(({first:n,end:i},a)=>n===i?`band ${a}: none`:`band ${a}: frequencies ${r(n)} to ${r(i-1)}`);return f("section",{"aria-labelledby":"spectrum"},f("h2",{id:"spectrum"},"Spectrum"),f("p",{},`The ${o.length} lowest frequencies of the graph of users and items: an eigenvector of eigenvalue \u03BB has frequency 1 \u2212 \u03BB, and varies the more from neighbour to neighbour, the higher that is.`),Pr(o,e),f("div",{class:"side-by-side"},...t.map(({name:n,bands:i,remainder:a})=>O(`Where the energy of ${n} is`,[...i.map((u,c)=>({name:s[c],value:u})),{name:"higher frequencies",value:a}],We))))}function Pr(o,e){let{width:t,height:r,left:s,right:n,top:i,bottom:a}=Er,u=Math.max(1,o.length-1),c=Math.max(1e-9,...o.map(p=>1-p)),l=p=>s+(t-s-n)*p/u,d=p=>r-a-(r-i-a)*p/c,m=(p,b,v,_)=>D("text",{x:String(p),y:String(b),"text-anchor":_},v),h=e.filter(({first:p,end:b})=>p<b).map(({first:p,end:b},v)=>{let[_,S]=[l(Math.max(0,p-.5)),l(Math.min(u,b-.5))];return D("rect",{class:`band band-${v%3}`,x:String(_),y:String(i),width:String(Math.max(1,S-_)),height:String(r-i-a)})}),w=o.map((p,b)=>`${b===0?"M":"L"}${l(b).toFixed(1)} ${d(1-p).toFixed(1)}`);return D("svg",{class:"spectrum",viewBox:`0 0 ${t} ${r}`,role:"img","aria-label":`Frequencies of ${o.length} eigenvectors, from ${(1-o[0]).toFixed(3)} to ${c.toFixed(3)}, in ${e.length} bands`},...h,D("path",{class:"line",d:w.join("")}),m(s-6,d(0)+4,"0","end"),m(s+4,d(c)+18,c.toFixed(3),"start"),m(s,r-a+16,"0","start"),m(t-n,r-a+16,String(u),"end"),m((s+t-n)/2,r-4,"eigenvector, by frequency","middle"))}function je({spectrum:o},e){return f("div",{},o===void 0?void 0:De(o),f("div",{class:"columns"},...e.map(Rr)))}function Rr({name:o,model:e,description:t,seed:r,metrics:s,tables:n}){let i=Object.entries(n).map(([u,c])=>Or(u,c)),a=Object.entries(s).filter(([u])=>u.endsWith("@20"));return f("section",{class:"run"},f("h2",{},`Inside ${o}`),f("p",{},`${e}: ${t}. Seed ${r}.`),a.length===0?void 0:f("dl",{class:"metrics"},...a.map(([u,c])=>f("div",{},f("dt",{},`test ${u}`),f("dd",{},c.toFixed(4))))),...i,i.length===0?f("p",{class:"quiet"},"This model tells nothing of its inside."):void 0)}function Or(o,e){let{columns:t,rows:r,count:s,mean:n,strata:i={}}=e;if(r!==void 0){let c=Object.entries(r).map(([l,d])=>({name:l,values:d}));return j({caption:o,columns:t,rows:c},C(Object.values(r).flat()))}let a={all:{count:s??0,mean:n??[]},...i},u=Object.values(a).flatMap(({mean:c})=>c);return j({caption:`${o}, mean of each segment`,columns:t,rows:Object.entries(a).map(([c,l])=>({name:`${c} (${be(l.count)})`,values:l.mean}))},C(u))}var Ve={maxBufferSize:4294967296,maxStorageBufferBindingSize:2147483648,maxStorageBuffersPerShaderStage:10,maxComputeWorkgroupStorageSize:32768,maxComputeInvocationsPerWorkgroup:256,maxComputeWorkgroupSizeX:256};function Ke(o,e){let t=new Set([...o.matchAll(/override\s+(\w+)\s*:\s*bool\s*=\s*false/g)].map(([,n])=>n)),r=new Set;for(let{index:n}of o.matchAll(new RegExp(`\\b${e}\\b`,"g"))){let i=o.slice(0,n),a=o.slice(n+e.length);/\.\s*$/.test(i)||/^\s*:/.test(a)||/arrayLength\(&$/.test(i)||/^\s*=(?!=)/.test(Cr(a))||r.add(Tr(i).find(u=>t.has(u)))}if(r.size===0)return!1;let[s]=r;return r.size===1&&s!==void 0?s:!0}function Cr(o){let e=o;for(;/^[[.]/.test(e);){if(e[0]==="."){e=e.replace(/^\.\w+/,"");continue}let t=0,r=[...e].findIndex(s=>(s==="["&&t++,s==="]"&&t--,t===0));e=e.slice(r+1)}return e}function Tr(o){let e=[],t=0;for(let r=o.length-1;r>=0;r--){if(o[r]==="}"&&t++,o[r]!=="{")continue;if(t>0){t--;continue}let s=o.slice(0,r).match(/\bif\s*\((\w+)\)\s*$/);s!==null&&e.push(s[1])}return e}var He=`// Stands before every kernel.

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

// Both test bits: a comparison of NaN with itself is true on some drivers (webgpu.md, trap 5).
fn is_finite(value: f32) -> bool {
  return (bitcast<u32>(value) & 0x7f800000u) != 0x7f800000u;
}

fn is_nan(value: f32) -> bool {
  return (bitcast<u32>(value) & 0x7fffffffu) > 0x7f800000u;
}
`;function g(o,...e){let t=[He,...e].join(`
`),r=t.replaceAll(/\/\/.*$/gm,""),s=[...r.matchAll(/@group\(0\)\s*@binding\((\d+)\)\s*var<storage,\s*(read|read_write)>\s*(\w+)/g)].map(([,u,c,l])=>({name:l,binding:Number(u),access:c,reads:c==="read"||Ke(r,l)}));if(s.length===0)throw new Error(`Kernel "${o}" declares no storage buffer`);let n=r.match(/@group\(0\)\s*@binding\((\d+)\)\s*var<uniform>\s*uniforms\b/),a=[...(r.match(/struct\s+Uniforms\s*\{([^}]*)\}/)?.[1]??"").matchAll(/(\w+)\s*:\s*([\w<>]+)/g)].map(([,u,c])=>{if(c!=="u32"&&c!=="i32"&&c!=="f32")throw new Error(`Kernel "${o}": uniform "${u}" is ${c}, expected a scalar`);return{name:u,type:c}});return{name:o,source:t,bindings:s,uniformBinding:n?Number(n[1]):void 0,uniforms:a}}var Ye=new WeakMap;function Je(o,e,t){let r=Ye.get(o);r===void 0&&Ye.set(o,r=new WeakMap);let s=r.get(e);s===void 0&&r.set(e,s=new Map);let n=JSON.stringify(t),i=s.get(n);return i===void 0&&s.set(n,i=Nr(o,e,t)),i}var Fr="enable subgroups; diagnostic(off, subgroup_uniformity); ";function Lr(o,{source:e}){return o.enablesSubgroups&&/\bsubgroup\w*\(|builtin\(subgroup_/.test(e)?Fr+e:e}async function Nr(o,e,t){let{device:r}=o;r.pushErrorScope("validation");let s=r.createShaderModule({label:e.name,code:Lr(o,e)}),n=e.bindings.map(({binding:c,access:l})=>({binding:c,visibility:GPUShaderStage.COMPUTE,buffer:{type:l==="read"?"read-only-storage":"storage"}}));e.uniformBinding!==void 0&&n.push({binding:e.uniformBinding,visibility:GPUShaderStage.COMPUTE,buffer:{type:"uniform"}});let i=r.createBindGroupLayout({label:e.name,entries:n}),a=r.createComputePipeline({label:e.name,layout:r.createPipelineLayout({label:e.name,bindGroupLayouts:[i]}),compute:{module:s,entryPoint:"main",constants:t}}),u=await r.popErrorScope();if(u!==null){let{messages:c}=await s.getCompilationInfo(),l=c.filter(({type:d})=>d==="error").map(d=>{let m=e.source.split(`
`)[d.lineNum-1]?.trim()??"";return`line ${d.lineNum}, column ${d.linePos}: ${d.message} in "${m}"`});throw new y(`Cannot compile the kernel "${e.name}": ${l.length>0?l.join("; "):u.message}`,({command:d})=>`Report this as a bug in Bandpass, with the output of ${d("doctor")}`)}return{pipeline:a,layout:i}}function Xe(o){let e=new Map;return o.forEach((t,r)=>t.forEach((s,n)=>{for(let{buffer:i,reads:a,writes:u}of s){let c=e.get(i)??{buffer:i,program:r,first:n,isWhole:!1,survives:!1};e.set(i,{...c,last:n,isWhole:c.isWhole||u==="whole",survives:c.survives||c.program!==r||a&&!c.isWhole})}})),[...e.values()].filter(({isWhole:t,survives:r})=>t&&!r).map(({buffer:t,program:r,first:s,last:n})=>({buffer:t,program:r,first:s,last:n}))}function Qe(o,e){let t=[],r=o.toSorted((s,n)=>e(n.buffer)-e(s.buffer));for(let s of r){let n=t.findLast(({lives:i})=>!i.some(a=>Gr(s,a)));n===void 0?t.push({bytes:e(s.buffer),lives:[s]}):n.lives.push(s)}return t.map(({bytes:s,lives:n})=>({bytes:s,buffers:n.map(({buffer:i})=>i)}))}function Gr(o,e){return o.program===e.program&&o.first<=e.last&&e.first<=o.last}var te=class{#e=[];#t=new Set;#r=new Map;#o;follow(e){this.#e.push(e)}keep(e){this.refuseShared(e),this.#t.add(e)}places(e){let t=this.#s(),r=e.flatMap(s=>{let n=t.get(s);return n===void 0||this.#t.has(s)?[]:[n]});return Qe(r,({bytes:s})=>s)}lend(e){let t=this.#s();for(let[{label:r},s]of this.#r){let n=t.get(s.buffer);if(!(n?.first===s.first&&n.last===s.last))throw new Error(`"${r}" shares its memory, and a program that was planned later uses it: keep() it, or plan all programs before the first is compiled`)}for(let r of e.flatMap(({buffers:s})=>s))this.#r.set(r,t.get(r))}refuseShared(e){if(this.#r.has(e))throw new Error(`"${e.label}" shares its memory: keep() it before programs are compiled`)}proceed(e,t,r){if(t!==0&&(this.#o?.program!==e||this.#o.next!==t))throw new Error(`Programs that share memory run in order: launch ${t} does not follow the last one`);this.#o={program:e,next:r}}#s(){return new Map(Xe(this.#e).map(e=>[e.buffer,e]))}};var E=class{gpu;#e;#t;#r;#o;#s;constructor(e,t={}){this.gpu=e,this.#e=[],this.#t=new Map,this.#r=[],this.#s=[],t.reuse&&(this.#o=new te)}reserve(e,t,r,s){let n={label:e,owner:r,bytes:Math.max(16,Math.ceil(t/16)*16)},{maxBufferSize:i}=this.gpu.limits;if(n.bytes>i)throw new y(`Cannot allocate "${e}": it needs ${T(n.bytes)}, the largest buffer of "${this.gpu.name}" is ${T(i)}`,"Use a smaller dim or batch, or an adapter with larger buffers");return this.#e.push({allocation:n,data:s,isPadded:t<n.bytes}),n}keep(e){this.#o?.keep(e)}follow(e){this.#o?.follow(e)}proceed(e,t,r){this.#o?.proceed(e,t,r)}plan(){let e=new Map;for(let{allocation:{owner:t,bytes:r}}of this.#e){let s=e.get(t)??{owner:t,buffers:0,bytes:0};e.set(t,{owner:t,buffers:s.buffers+1,bytes:s.bytes+r})}return[...e.values()]}get bytes(){let e=[...this.#r,...this.#n()].reduce((t,{bytes:r,buffers:s})=>t+Ze(s)-r,0);return this.bytesWithoutReuse-e}get bytesWithoutReuse(){return Ze(this.#e.map(({allocation:e})=>e))}get shared(){return this.#r.map(({buffers:[e]})=>this.#t.get(e))}async allocate(){let{device:e}=this.gpu,t=this.#n();this.#o?.lend(t),e.pushErrorScope("out-of-memory");for(let s of t){let n=this.#i(`shared by "${s.buffers[0].label}" and others`,s.bytes);for(let i of s.buffers)this.#t.set(i,n);this.#r.push(s)}for(let s of this.#e){let{allocation:n,data:i}=s;this.#t.has(n)||(this.#t.set(n,this.#i(n.label,n.bytes)),i!==void 0&&(this.write(n,i),s.data=void 0))}let r=await e.popErrorScope();if(r!==null)throw new y(`Cannot allocate ${T(this.bytes)} on "${this.gpu.name}": ${r.message}`,({setting:s})=>`Run the command with ${s("dryRun")} to see the memory plan, and use a smaller "dim" or batch`);this.gpu.check()}#n(){let e=this.#e.filter(({allocation:t,data:r,isPadded:s})=>r===void 0&&!s&&!this.#t.has(t));return this.#o?.places(e.map(({allocation:t})=>t))??[]}#i(e,t){return this.gpu.device.createBuffer({label:e,size:t,usage:GPUBufferUsage.STORAGE|GPUBufferUsage.COPY_SRC|GPUBufferUsage.COPY_DST|GPUBufferUsage.UNIFORM})}buffer(e){let t=this.#t.get(e);if(t===void 0)throw new Error(`"${e.label}" is not allocated`);return t}ownBuffer(e){return this.#o?.refuseShared(e),this.buffer(e)}write(e,t,r=0){if(r<0||r%4!==0||r+t.byteLength>e.bytes)throw new RangeError(`Cannot write ${t.byteLength} bytes at ${r} into "${e.label}" of ${e.bytes} bytes`);t.byteLength!==0&&this.gpu.device.queue.writeBuffer(this.ownBuffer(e),r,t)}takeStaging(e){let t=this.#s.findIndex(({size:r})=>r>=e);return t!==-1?this.#s.splice(t,1)[0]:this.gpu.device.createBuffer({label:"readback (staging)",size:e,usage:GPUBufferUsage.MAP_READ|GPUBufferUsage.COPY_DST})}giveStaging(e){this.#s.push(e)}destroy(){for(let e of[...this.#t.values(),...this.#s])e.destroy();this.#s=[],this.#t.clear(),this.#e=[],this.#r=[]}};function T(o){return`${(o/2**20).toFixed(1)} MiB`}function Ze(o){return o.reduce((e,{bytes:t})=>e+t,0)}function ge(o){if("offset"in o)return o;let e="allocation"in o?o.allocation:o;return{allocation:e,offset:0,bytes:e.bytes}}function q(o,e){return e*4>ge(o).bytes-16}var Ir=65535,et=256;function rt(o,e,t){let{buffers:r,partial:s=[],overwrites:n=[],uniforms:i={},threads:a,workgroupSize:u=64}=t;tt(e.name,"buffer",Object.keys(r),e.bindings),tt(e.name,"uniform",Object.keys(i),e.uniforms);let c=e.bindings.filter(({access:w})=>w==="read_write");st(e.name,"buffer that it writes",[...s,...n],c);let l=e.bindings.map(({name:w,binding:p})=>({binding:p,range:ge(r[w])}));for(let{range:w}of l)Wr(o,w);let d=e.bindings.map(({name:w,access:p,reads:b},v)=>{let{allocation:_,bytes:S}=l[v].range,M=p==="read_write";if(M&&l.some((de,x)=>x!==v&&de.range.allocation===_))throw new Error(`Kernel "${e.name}" writes "${_.label}" (${w}) twice`);let Y=typeof b=="string"?!!t.constants?.[b]:b,J=S<_.bytes||s.includes(w);return{buffer:_,reads:Y&&!n.includes(w),writes:M?J?"part":"whole":"no"}}),m=Math.ceil(a/u),h=Math.ceil(m/Ir);return{kernel:e,constants:{workgroup_size:u,...t.constants},buffers:l,uses:d,uniforms:e.uniforms.map(({name:w})=>i[w]),groups:[Math.ceil(m/h),h]}}function ot(o){let e=o.filter(({uniforms:s})=>s.length>0),t=new DataView(new ArrayBuffer(e.length*et)),r=new Map;return e.forEach((s,n)=>{let i=n*et;r.set(s,i),s.kernel.uniforms.forEach(({type:a},u)=>{let c=s.uniforms[u];a==="f32"?t.setFloat32(i+u*4,c,!0):t.setUint32(i+u*4,c,!0)})}),{words:new Uint32Array(t.buffer),offsets:r}}function Wr({limits:o,name:e},{allocation:{label:t},bytes:r}){if(!(r<=o.maxStorageBufferBindingSize))throw new y(`Cannot bind "${t}": it has ${T(r)}, "${e}" binds at most `+T(o.maxStorageBufferBindingSize),'Use a smaller "dim" or "batch", fewer feature columns, or an adapter with larger bindings')}function tt(o,e,t,r){for(let{name:s}of r)if(!t.includes(s))throw new Error(`Kernel "${o}" lacks the ${e} "${s}"`);st(o,e,t,r)}function st(o,e,t,r){for(let s of t)if(!r.some(n=>n.name===s))throw new Error(`Kernel "${o}" has no ${e} "${s}"`)}var B=class{memory;name;#e;#t;#r;#o;uses;constructor(e,t){this.memory=e,this.name=t,this.#e=[],this.#t=[],this.#r=new Map,this.uses=[],e.follow(this.uses)}tensor(e,t,r,s={}){let{data:n,differentiable:i=!0,owner:a=this.name,counted:u}=s;if(n!==void 0&&n.length!==t*r)throw new Error(`"${e}" has ${n.length} values, expected ${t}\xD7${r}`);let c=this.memory.reserve(e,t*r*4,a,n);return{label:e,rows:t,columns:r,allocation:c,differentiable:i,counted:u}}buffer(e,t,r){return this.memory.reserve(e,t,this.name,r)}launch(e,t){if(this.#o!==void 0)throw new Error(`"${this.name}" is already compiled`);if(t.threads===0)return;let r=rt(this.memory.gpu,e,t);this.#e.push(r),this.uses.push(r.uses)}onBackward(e){this.#t.push(e)}backward(){for(let e of this.#t.toReversed())e();this.#t=[]}gradient(e){return this.#r.get(e)}gradientTarget(e){if(!e.differentiable)return;let t=this.#r.get(e);if(t!==void 0)return{gradient:t,accumulate:!0};let r=this.tensor(`d ${e.label}`,e.rows,e.columns,{owner:`${this.name} gradients`});return this.#r.set(e,r),{gradient:r,accumulate:!1}}get launches(){return this.#e.length}async compile(){let{memory:e}=this,{words:t,offsets:r}=ot(this.#e),s=this.buffer("uniforms",t.byteLength,t);await e.allocate();let{device:n}=e.gpu,i=await Promise.all(this.#e.map(({kernel:a,constants:u})=>Je(e.gpu,a,u)));this.#o=this.#e.map((a,u)=>{let c=a.buffers.map(({binding:w,range:p})=>({binding:w,resource:{buffer:e.buffer(p.allocation),offset:p.offset,size:p.bytes}})),{uniformBinding:l,name:d}=a.kernel;l!==void 0&&c.push({binding:l,resource:{buffer:e.buffer(s),offset:r.get(a),size:Math.ceil(a.kernel.uniforms.length/4)*16}});let m=i[u].layout,h=n.createBindGroup({label:d,layout:m,entries:c});return{kernel:d,pipeline:i[u],bindGroup:h,groups:a.groups}}),e.gpu.check()}encode(e,t=0,r=1/0){if(this.#o===void 0)throw new Error(`"${this.name}" is not compiled`);this.memory.proceed(this,t,Math.min(r,this.launches));let s;for(let{pipeline:n,bindGroup:i,groups:a}of this.#o.slice(t,r))n.pipeline!==s&&e.setPipeline(s=n.pipeline),e.setBindGroup(0,i),e.dispatchWorkgroups(a[0],a[1])}submit(e=0,t=1/0){let{device:r}=this.memory.gpu,s=r.createCommandEncoder({label:this.name}),n=s.beginComputePass({label:this.name});this.encode(n,e,t),n.end(),r.queue.submit([s.finish()])}kernelNames(){return this.#e.map(({kernel:e})=>e.name)}};async function P(o,e){let{device:t}=o.gpu,r=t.createCommandEncoder({label:"readback"}),s=e.map(({allocation:n,offset:i=0,bytes:a=n.bytes-i})=>{let u=t.createBuffer({label:`${n.label} (staging)`,size:Math.max(a,4),usage:GPUBufferUsage.MAP_READ|GPUBufferUsage.COPY_DST});return a>0&&r.copyBufferToBuffer(o.ownBuffer(n),i,u,0,a),{staging:u,bytes:a}});t.queue.submit([r.finish()]);try{return await Promise.all(s.map(({staging:n})=>n.mapAsync(GPUMapMode.READ))),o.gpu.check(),s.map(({staging:n,bytes:i})=>n.getMappedRange().slice(0,i))}finally{for(let{staging:n}of s)n.destroy()}}async function nt(o,e,t,r){let{device:s}=o.gpu,n=o.takeStaging(t);try{let i=s.createCommandEncoder({label:"readback"});i.copyBufferToBuffer(o.ownBuffer(e),0,n,0,t),s.queue.submit([i.finish()]),await n.mapAsync(GPUMapMode.READ,0,t),o.gpu.check();let a=r(n.getMappedRange(0,t));return n.unmap(),o.giveStaging(n),a}catch(i){throw n.destroy(),i}}var bn=4<<20;var it=`// Whether invocations run in step as matmul/shared.wgsl takes it: answers[0] the number of them, answers[1] how
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
`;var jr=g("subgroups",it),F=64;async function at(o){let e=new E(o);try{let t=new B(e,"subgroups"),r=Uint32Array.from({length:F},(l,d)=>7*d+3),s=t.buffer("answers",12);t.launch(jr,{buffers:{numbers:t.buffer("numbers",r.byteLength,r),answers:s},threads:F,workgroupSize:F}),await t.compile(),t.submit();let[n]=await P(e,[{allocation:s}]),[i,a,u]=new Uint32Array(n);return i>=8&&F%i===0&&a===F&&u===F?i:0}finally{e.destroy()}}var ut=8,Vr=({command:o})=>`Install a Vulkan driver ("apt-get install mesa-vulkan-drivers libvulkan1" gives a software one on Debian and Ubuntu; NVIDIA's in a container also needs libegl1, libglvnd0, libx11-6 and libxext6), then run ${o("doctor")}`;async function ct(o){let e=await navigator.gpu?.requestAdapter({powerPreference:"high-performance",forceFallbackAdapter:o==="cpu"})??void 0;if(e===void 0)throw new y(`Cannot open the GPU: no ${o==="cpu"?"software ":""}adapter found`,Vr);let t=Kr(e.info),r=Hr(e.info);if(o==="gpu"&&r)throw new y(({setting:m})=>`Cannot use ${m("adapter","gpu")}: the only adapter is the software driver "${t}"`,({setting:m})=>`Install the driver of your GPU, or use ${m("adapter","cpu")}`);if(o==="cpu"&&!r)throw new y(({setting:m})=>`Cannot use ${m("adapter","cpu")}: the adapter found is the hardware GPU "${t}"`,({setting:m})=>`Install Mesa's software driver, or use ${m("adapter","gpu")}`);if(e.limits.maxStorageBuffersPerShaderStage<ut)throw new y(`Cannot use the adapter "${t}": it binds ${e.limits.maxStorageBuffersPerShaderStage} storage buffers per stage, ${ut} are needed`,"Use another adapter");let s=Object.fromEntries(Object.entries(Ve).map(([m,h])=>[m,Math.min(h,e.limits[m])])),n=e.features.has("timestamp-query"),i=m=>e.requestDevice({label:"bandpass",requiredLimits:s,requiredFeatures:[...n?["timestamp-query"]:[],...m]}),a=r,u=a?await i(["subgroups"]).catch(()=>(a=!1,i([]))):await i([]),c=[],l=!1;u.addEventListener("uncapturederror",m=>{m.preventDefault(),c.push(m.error.message)}),u.lost.then(m=>{l||c.push(`the device was lost (${m.message})`)});let d={device:u,name:t,software:r,limits:s,timestamps:n,subgroupSize:0,enablesSubgroups:a&&e.features.has("subgroups"),check(){if(c.length===0)return;let m=c.length>1?` (and ${c.length-1} more)`:"";throw new y(`The GPU "${t}" reported: ${c[0]}${m}`,({command:h})=>`Run ${h("doctor")}; if it passes, report this message as a bug in Bandpass`)},close(){l=!0,u.destroy()}};return a?{...d,subgroupSize:await at(d)}:d}function Kr(o){let e=[o.vendor,o.architecture].filter(t=>t!=="").join(" ");return o.description||o.device||e||"unnamed adapter"}function Hr(o){return o.isFallbackAdapter===!0||/llvmpipe|lavapipe|swiftshader|basic render/i.test(`${o.description} ${o.device} ${o.architecture}`)}function lt(o,e,t,r){let s=l=>Math.imul(l,1664525)+1013904223|0,n=s(o),i=s(e),a=s(t),u=s(r),c=()=>{n=n+Math.imul(i,u)|0,i=i+Math.imul(a,n)|0,a=a+Math.imul(n,i)|0,u=u+Math.imul(i,a)|0};return c(),n^=n>>>16,i^=i>>>16,a^=a>>>16,u^=u>>>16,c(),[n>>>0,i>>>0,a>>>0,u>>>0]}var ft=`// Counter-based random numbers: pcg4d (Jarzynski and Olano, "Hash Functions for GPU Rendering",
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
`;var mt=`// What a device must get right before it is trusted (webgpu.md, traps 1 and 5): each slot of the
// output is one answer. The long loop has a workgroup of its own: a driver that stops loops counts all
// turns of an invocation.

struct Uniforms {
  turns: u32,
  zero: f32, // 0, which the compiler does not know
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
  for (var row = 0u; row < 16u; row++) {
    for (var column = 0u; column < 16u; column++) {
      var sum = 0.0;
      for (var k = 0u; k < 16u; k++) {
        sum += factors[row * 16u + k] * factors[256u + k * 16u + column];
      }
      output[8u + row * 16u + column] = bitcast<u32>(sum);
    }
  }
}
`;var Xr=g("self_test",ft,mt),re=2e5,dt=65535,pt=[908250390,4044648920,3775961919,45698095];async function Qr(o){let e=new E(o);try{let t=new B(e,"self-test"),r=Float32Array.from({length:512},(a,u)=>Math.sin(u)),s=t.buffer("answers",264*4);t.launch(Xr,{buffers:{factors:t.buffer("factors",r.byteLength,r),output:s},partial:["output"],uniforms:{turns:re,zero:0},threads:2,workgroupSize:1}),await t.compile(),t.submit();let[n]=await P(e,[{allocation:s}]),i=new Uint32Array(n);return[eo(i[0]),to(i[1]),ro(Array.from(i.subarray(2,6))),oo(r,new Float32Array(n,32,256))]}finally{e.destroy()}}async function Zr(o){let e=(await Qr(o)).find(({passed:t})=>!t);if(e!==void 0)throw new y(`Cannot trust "${o.name}": the self-test "${e.name}" found ${e.found}`,({setting:t,command:r})=>`Update the driver, or use another adapter (${t("adapter","cpu")}); see ${r("doctor")}`)}function eo(o){let e=o===re;return{name:"long loop",passed:e||o>=dt-1,found:e?`all of ${re.toLocaleString("en")} iterations`:`${o.toLocaleString("en")} of ${re.toLocaleString("en")} iterations: the driver stops loops, and kernels stay below ${dt.toLocaleString("en")}`}}function to(o){let e=o===15;return{name:"NaN and infinity",passed:e,found:e?"told from numbers by their bits":`the answers ${o.toString(2)}, not 1111`}}function ro(o){let e=lt(1,2,3,4),t=o.every((r,s)=>r===e[s]&&r===pt[s]);return{name:"integer hash",passed:t,found:t?"the golden vector":`${o.join(", ")}, not ${pt.join(", ")}`}}function oo(o,e){let t=0;for(let r=0;r<16;r++)for(let s=0;s<16;s++){let n=0;for(let a=0;a<16;a++)n+=o[r*16+a]*o[256+a*16+s];let i=Math.abs(e[r*16+s]-n);i<=t||(t=i)}return{name:"small product",passed:t<=1e-5,found:`${t.toExponential(1)} away from f64`}}async function ht(o){let e=await ct(o);try{return await Zr(e),e}catch(t){throw e.close(),t}}function wt(o,e,t,r,s=Uint32Array.from({length:o.length/e},(n,i)=>i)){let n=(c,l)=>{let d=0;for(let m=0;m<e;m++)d+=o[c*e+m]*o[l*e+m];return d},i=Math.sqrt(n(t,t)),a=new Map;for(let c of s){if(c===t)continue;let l=i*Math.sqrt(n(c,c));a.set(c,l===0?0:n(t,c)/l)}let u=[...a].sort(([c,l],[d,m])=>m-l||c-d).slice(0,r);return{items:Uint32Array.from(u,([c])=>c),scores:Float32Array.from(u,([,c])=>c)}}var bt=`// scores[p, i] = the least f32 for the items i that may not be given. Stores there only.

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
`;var gt=`// ranks[n] += the candidates of a segment that are ahead of held-out item n: a greater score, or the
// same score and a smaller index (methods.md, \xA71). Integers, so the order of additions is free; the
// ranks are 0 before. A held-out item whose score is NaN gets \`unranked\`: nothing is greater than NaN, so
// it would be the best of all.

struct Uniforms {
  pairs: u32, // held-out (user, item) pairs of the tile
  first_pair: u32,
  first_user: u32,
  items: u32,
  stride: u32, // numbers from one row of the scores to the next
  segments: u32, // parts that the items are cut in
  segment: u32, // items of a part
}

@group(0) @binding(0) var<storage, read> pairs: array<vec2<u32>>; // user, item; by user
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
  if (n >= uniforms.pairs) { return; }
  let pair = pairs[uniforms.first_pair + n];
  let row = (pair.x - uniforms.first_user) * uniforms.stride;
  let own = scores[row + pair.y];
  if (is_nan(own)) {
    atomicMax(&ranks[uniforms.first_pair + n], unranked);
    return;
  }
  let start = (thread % uniforms.segments) * uniforms.segment;
  let end = min(uniforms.items, start + uniforms.segment);
  var ahead = 0u;
  for (var item = start; item < end; item++) {
    let score = scores[row + item];
    ahead += select(0u, 1u, score > own || (score == own && item < pair.y));
  }
  if (ahead > 0u) { atomicAdd(&ranks[uniforms.first_pair + n], ahead); }
}
`;var vt=`// scores[u, i] = the least f32 for the items i that user first_user+u may not get. Stores there only. An
// entry whose item is beyond the row is there to fill a list, and masks nothing.

struct Uniforms {
  entries: u32, // entries of the users of the tile
  first_entry: u32,
  first_user: u32,
  stride: u32, // numbers from one row of the scores to the next
}

@group(0) @binding(0) var<storage, read> entries: array<vec2<u32>>; // user, item; by user
@group(0) @binding(1) var<storage, read_write> scores: array<f32>;
@group(0) @binding(2) var<uniform> uniforms: Uniforms;

@compute @workgroup_size(workgroup_size)
fn main(
  @builtin(workgroup_id) group: vec3<u32>,
  @builtin(num_workgroups) groups: vec3<u32>,
  @builtin(local_invocation_index) local: u32,
) {
  let n = thread_index(group, groups, local);
  if (n >= uniforms.entries) { return; }
  let entry = entries[uniforms.first_entry + n];
  if (entry.y >= uniforms.stride) { return; }
  scores[(entry.x - uniforms.first_user) * uniforms.stride + entry.y] = -0x1.fffffep+127f;
}
`;var ao=g("rank/allow",bt),uo=g("rank/mask",vt),Xn=g("rank/count",gt),_t=-(2-2**-23)*2**127;function yt(o,e,t,r){o.launch(uo,{buffers:{entries:t.pairs,scores:e},partial:["scores"],uniforms:{entries:t.count,first_entry:t.first,first_user:r,stride:e.columns},threads:t.count})}var ve=4294967295;function xt(o,e,t,r){o.launch(ao,{buffers:{allowed:r,scores:e},partial:["scores"],uniforms:{rows:e.rows,items:t,stride:e.columns},threads:e.rows*Math.ceil(t/32)})}var kt=`// The k best items of each user: a greater score first, the smaller index among equals. Stores k
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
`;var lo=g("top_k/select",kt),$t=1e3;function St(o,e,t,r){let{users:s,items:n,k:i}=t;if(!(i>=1&&i<=$t))throw new Error(`topK() takes k from 1 to ${$t}, not ${i}`);let a=r??{items:o.buffer("best items",s*i*4),scores:o.buffer("best scores",s*i*4)};return o.launch(lo,{buffers:{scores:e,best_items:a.items,best_scores:a.scores},partial:q(a.items,s*i)?[]:["best_items","best_scores"],uniforms:{users:s,items:n,stride:e.columns,k:i},threads:s*256,workgroupSize:256}),a}function Bt(o,e,{candidates:t,above:r=-1/0}={}){let s=t?.length??o.length,n=Math.min(e,s),i={indices:new Uint32Array(n),values:new Float64Array(n),size:0},a=r;for(let u=0;u<s;u++){let c=t===void 0?u:t[u],l=o[c];l>a&&(i.size<n?fo(i,c,l):mo(i,c,l),i.size===n&&(a=i.values[0]))}return i.indices.slice(0,i.size).sort((u,c)=>o[c]-o[u]||u-c)}function fo(o,e,t){let{indices:r,values:s}=o,n=o.size++;for(;n>0;){let i=n-1>>1;if(s[i]<t)break;r[n]=r[i],s[n]=s[i],n=i}r[n]=e,s[n]=t}function mo({indices:o,values:e,size:t},r,s){let n=0;for(let i=1;i<t;i=2*n+1){let a=i+1;if(a<t&&(e[a]<e[i]||e[a]===e[i]&&o[a]>o[i])&&(i=a),e[i]>s||e[i]===s&&o[i]<r)break;o[n]=o[i],e[n]=e[i],n=i}o[n]=r,e[n]=s}function Mt(o){return Uint32Array.from({length:o.rows},(e,t)=>o.rowStart[t+1]-o.rowStart[t])}var At=`// The function that follows a product, by \`activation\`: 0 none, else as bent() counts them.

override activation: u32 = 0u;

fn activated(v: vec4<f32>) -> vec4<f32> {
  return bent(activation, 0.01, v);
}
`;var L=`// Rows that count, where only the step knows how many: those of Tensor.counted. Kernels leave out the others;
// where they store a gradient, they store zeros there.

override has_count: bool = false;

@group(0) @binding(9) var<storage, read> counted: array<u32>;

// How many of \`all\` rows count; or of their parts, where each row has several.
fn counting(all: u32, parts: u32) -> u32 {
  if (!has_count) { return all; }
  return min(all, counted[0] * parts);
}
`;var zt=`// c = alpha\xB7a + beta\xB7b, or alpha\xB7a\xB7b where \`multiply\` is 1. Stores (=), or adds (+=) where
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
`;var Ut=`// x = value, four times four numbers an invocation (measured in webgpu.md). Stores.

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
`;var oe=`// Functions that drivers compute badly, written out (webgpu.md, trap 7), for vectors of four.

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
`;var Et=`// dx = dy\xB7f'(x), from x and y = f(x); operations as in unary_forward.wgsl. Stores (=), or adds (+=)
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
`;var Pt=`// y = f(x), f by \`operation\`: 0 alpha\xB7x + beta, 1 sigmoid, 2 tanh, 3 ReLU, 4 leaky ReLU with slope
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
`;var xo=g("elementwise/fill",Ut),ki=g("elementwise/unary_forward",L,oe,Pt),$i=g("elementwise/unary_backward",L,Et),Si=g("elementwise/binary",L,zt),Rt={affine:0,sigmoid:1,tanh:2,relu:3,leaky_relu:4,exp:5,square:6};var ko=o=>Math.ceil(o/4),$o=o=>Math.ceil(o/4);function Ot(o,e,t){let r=ko(e.rows*e.columns),s={vectors:r,value:t};o.launch(xo,{buffers:{x:e},uniforms:s,threads:$o(r)})}var N=[oe,At];function se(o){return o===void 0?0:Rt[o]}var Ct=`// Where training stands. The CPU writes it before an epoch; step/advance.wgsl moves it on.

struct StepState {
  seed: u32,
  step: u32, // steps since the start of the training
  epoch_step: u32, // steps since the start of the epoch
  batch_rows: u32, // rows of this batch; the last one of an epoch is short
  epoch_rows: u32, // rows of the epoch
  batch_size: u32, // rows of a full batch
}
`;var Tt=`// parts[s, c] = \u03A3 x[r, c] over the rows r of part s that count. Stores, or adds where \`accumulate\` is 1.

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
`;var qt=`// C = f(the sum of \`splits\` parts of m\xD7n numbers, in their order (+ bias)), f by \`activation\`. Stores, or
// adds where \`accumulate\` is 1.

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
`;var Ft=`// parts[p] = \u03A3 x[n] (or x[n]\xB2, where \`square\` is 1) over the numbers n of part p. Stores.

override square: bool = false;

struct Uniforms {
  count: u32,
  part: u32, // numbers of a part
  parts: u32,
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
  if (thread >= uniforms.parts) { return; }
  let end = min(uniforms.count, (thread + 1u) * uniforms.part);
  var sum = 0.0;
  for (var at = thread * uniforms.part; at < end; at++) {
    let value = x[at];
    sum += select(value, value * value, square);
  }
  parts[thread] = sum;
}
`;var Lt=`// output[slot] = scale\xB7f(\u03A3 parts), f the identity or the square root, divided by the rows of the
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
`;var Vi=g("reduce/column_sum",L,Tt),Uo=g("reduce/combine",...N,qt),Ki=g("reduce/partial",Ft),Hi=g("reduce/total",Ct,Lt);function Nt(o,e,t,r){let{count:s,columns:n,splits:i,bias:a,activation:u,accumulate:c=!1}=r;o.launch(Uo,{buffers:{parts:e,bias:a??e,c:t},partial:q(t,s)?[]:["c"],uniforms:{count:s,columns:n,splits:i},constants:{accumulate:Number(c),has_bias:+(a!==void 0),activation:se(u)},threads:s})}var _e=`// What the products in registers have in common: their operands, read as vec4, and where C is stored.
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

@group(0) @binding(0) var<storage, read> a: array<vec4<f32>>;
@group(0) @binding(1) var<storage, read> b: array<vec4<f32>>;
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
    a[at],
    select(zero, a[at + min(1u, last) * stride], k + 1u < k_end),
    select(zero, a[at + min(2u, last) * stride], k + 2u < k_end),
    select(zero, a[at + min(3u, last) * stride], k + 3u < k_end),
  ));
}

fn a_row(k: u32, row: u32) -> vec4<f32> {
  let stored = uniforms.a_row + min(row, uniforms.m - 1u);
  return a[(stored * uniforms.a_stride + uniforms.a_column + k) / 4u];
}

// Rows k..k+3 of four columns of op(B), from B stored as n\xD7k.
fn b_transposed(k: u32, vector: u32) -> mat4x4<f32> {
  let row = uniforms.b_row + vector * 4u;
  let at = uniforms.b_column + k;
  return transpose(mat4x4<f32>(
    b[(min(row, uniforms.b_last) * uniforms.b_stride + at) / 4u],
    b[(min(row + 1u, uniforms.b_last) * uniforms.b_stride + at) / 4u],
    b[(min(row + 2u, uniforms.b_last) * uniforms.b_stride + at) / 4u],
    b[(min(row + 3u, uniforms.b_last) * uniforms.b_stride + at) / 4u],
  ));
}

fn b_rows(k: u32, k_end: u32, vector: u32) -> mat4x4<f32> {
  let start = (uniforms.b_row + k) * uniforms.b_stride + uniforms.b_column;
  let at = start / 4u + min(vector, uniforms.n / 4u - 1u);
  let stride = uniforms.b_stride / 4u;
  let last = k_end - 1u - k;
  return mat4x4<f32>(
    b[at],
    b[at + min(1u, last) * stride],
    b[at + min(2u, last) * stride],
    b[at + min(3u, last) * stride],
  );
}

fn b_part(k: u32, k_end: u32, vector: u32) -> mat4x4<f32> {
  if (transpose_b) { return b_transposed(k, vector); }
  return b_rows(k, k_end, vector);
}

fn store(row: u32, vector: u32, split: u32, sum: vec4<f32>) {
  if (row >= uniforms.m || vector >= uniforms.n / 4u) { return; }
  let stored = uniforms.c_row + split * uniforms.m + row;
  let at = (stored * uniforms.c_stride + uniforms.c_column) / 4u + vector;
  var value = uniforms.alpha * sum;
  if (has_bias) { value += bias[vector]; }
  value = activated(value);
  if (accumulate) { value += c[at]; }
  c[at] = value;
}

`;var Gt=`// A product of any shape, one number of C an invocation; operands.wgsl says of what, and what its constants and
// uniforms mean. Here all operands are read as single numbers. Stores (=), or adds (+=) where \`accumulate\` is 1.

override transpose_a: bool = false;
override transpose_b: bool = false;
override accumulate: bool = false;
override has_bias: bool = false;
override has_limit: bool = false;
override clear: bool = false;
override shares: u32 = 1u;

struct Uniforms { // those of operands.wgsl
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
  var sum = 0.0;
  for (var k = k_start; k < k_end; k++) {
    let a_at = select(
      (uniforms.a_row + row) * uniforms.a_stride + k,
      (uniforms.a_row + k) * uniforms.a_stride + row,
      transpose_a,
    );
    let b_at = select(
      (uniforms.b_row + k) * uniforms.b_stride + column,
      min(uniforms.b_row + column, uniforms.b_last) * uniforms.b_stride + k,
      transpose_b,
    );
    sum += a[a_at + uniforms.a_column] * b[b_at + uniforms.b_column];
  }
  var value = uniforms.alpha * sum;
  if (has_bias) { value += bias[column]; }
  value = activated(vec4<f32>(value)).x;
  let stored = uniforms.c_row + split * m + row;
  let at = stored * uniforms.c_stride + uniforms.c_column + column;
  if (accumulate) { value += c[at]; }
  c[at] = value;
}
`;var It=`// A product in registers whose invocations share what they load; operands.wgsl says of what.
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
  store(row + 0u, vector + 0u, split, s0a);
  store(row + 0u, vector + 1u, split, s0b);
  store(row + 0u, vector + 2u, split, s0c);
  store(row + 0u, vector + 3u, split, s0d);
  store(row + 0u, vector + 4u, split, s0e);
  store(row + 0u, vector + 5u, split, s0f);
  store(row + 0u, vector + 6u, split, s0g);
  store(row + 0u, vector + 7u, split, s0h);
  store(row + 1u, vector + 0u, split, s1a);
  store(row + 1u, vector + 1u, split, s1b);
  store(row + 1u, vector + 2u, split, s1c);
  store(row + 1u, vector + 3u, split, s1d);
  store(row + 1u, vector + 4u, split, s1e);
  store(row + 1u, vector + 5u, split, s1f);
  store(row + 1u, vector + 6u, split, s1g);
  store(row + 1u, vector + 7u, split, s1h);
  store(row + 2u, vector + 0u, split, s2a);
  store(row + 2u, vector + 1u, split, s2b);
  store(row + 2u, vector + 2u, split, s2c);
  store(row + 2u, vector + 3u, split, s2d);
  store(row + 2u, vector + 4u, split, s2e);
  store(row + 2u, vector + 5u, split, s2f);
  store(row + 2u, vector + 6u, split, s2g);
  store(row + 2u, vector + 7u, split, s2h);
  store(row + 3u, vector + 0u, split, s3a);
  store(row + 3u, vector + 1u, split, s3b);
  store(row + 3u, vector + 2u, split, s3c);
  store(row + 3u, vector + 3u, split, s3d);
  store(row + 3u, vector + 4u, split, s3e);
  store(row + 3u, vector + 5u, split, s3f);
  store(row + 3u, vector + 6u, split, s3g);
  store(row + 3u, vector + 7u, split, s3h);
}
`;var Wt=`// A product in registers; operands.wgsl says of what.
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

  store(row + 0u, vector, split, s0a);
  store(row + 0u, vector + 1u, split, s0b);
  store(row + 1u, vector, split, s1a);
  store(row + 1u, vector + 1u, split, s1b);
  store(row + 2u, vector, split, s2a);
  store(row + 2u, vector + 1u, split, s2b);
  store(row + 3u, vector, split, s3a);
  store(row + 3u, vector + 1u, split, s3b);
  store(row + 4u, vector, split, s4a);
  store(row + 4u, vector + 1u, split, s4b);
  store(row + 5u, vector, split, s5a);
  store(row + 5u, vector + 1u, split, s5b);
  store(row + 6u, vector, split, s6a);
  store(row + 6u, vector + 1u, split, s6b);
  store(row + 7u, vector, split, s7a);
  store(row + 7u, vector + 1u, split, s7b);
  if (wide) {
    store(row + 0u, vector + 2u, split, s0c);
    store(row + 0u, vector + 3u, split, s0d);
    store(row + 1u, vector + 2u, split, s1c);
    store(row + 1u, vector + 3u, split, s1d);
    store(row + 2u, vector + 2u, split, s2c);
    store(row + 2u, vector + 3u, split, s2d);
    store(row + 3u, vector + 2u, split, s3c);
    store(row + 3u, vector + 3u, split, s3d);
    store(row + 4u, vector + 2u, split, s4c);
    store(row + 4u, vector + 3u, split, s4d);
    store(row + 5u, vector + 2u, split, s5c);
    store(row + 5u, vector + 3u, split, s5d);
    store(row + 6u, vector + 2u, split, s6c);
    store(row + 6u, vector + 3u, split, s6d);
    store(row + 7u, vector + 2u, split, s7c);
    store(row + 7u, vector + 3u, split, s7d);
  }
}
`;var Co=g("matmul/tiled",...N,_e,Wt),To=g("matmul/shared",...N,_e,It),qo=g("matmul/plain",...N,Gt),Fo=256,Dt=32768,ye=-(2**30),jt=512,Lo=2**21,No=16,Vt={workgroupSize:16,shares:2},Go={software:256,hardware:16384};function Io(o,e,t){let[r,s]=[4*t,32],n=Math.ceil(o/r)*r*Math.ceil(e/s)*s;return o*e>=.6*n}function Kt(o,e){let{a:t,b:r,c:s,m:n,n:i,k:a,transposeA:u=!1,transposeB:c=!1,bias:l}=e,{aRow:d=0,bRow:m=0,bLast:h=m+i-1,alpha:w=1,accumulate:p=!1}=e,{aStride:b=u?n:a,aColumn:v=0,bStride:_=c?a:i,bColumn:S=0}=e,{cStride:M=i,cRow:Y=0,cColumn:J=0,completes:de=!1,limit:x,activation:Ee}=e,Pe=M!==i||Y!==0,vr=[b,v,_,S,M,J],X=i%4===0&&(u?n%4===0:a%4===0)&&(!c||a%4===0)&&vr.every(zr=>zr%4===0),{software:Q,subgroupSize:I,limits:_r}=o.memory.gpu,Z=Q&&I>0&&X&&Io(n,i,I),Re=Q&&i>=16,Oe=Z?Math.ceil(n/(4*I))*I*Math.ceil(i/32):X?Math.ceil(n/8)*Math.ceil(i/(Re?16:8)):n*i,yr=Math.ceil(Go[Q?"software":"hardware"]/Math.max(Oe,1)),xr=Pe||x?.mFirst!==void 0||x?.nFirst!==void 0,kr=Z&&u&&n*i<=Lo*jt/a?Math.ceil(a/jt):1,$r=Math.max(Math.min(yr,Math.ceil(a/Fo)),kr),Sr=Math.floor(_r.maxStorageBufferBindingSize/(n*i*4)),A=xr?1:Math.max(Math.min($r,Sr),Math.ceil(a/Dt),1);if(a>A*Dt)throw new Error(`Cannot sum ${a} products into a block of C`);let Br=Math.max(4,Math.ceil(a/A/4)*4),z=A>1,Ce=Q&&x!==void 0,pe=z?o.buffer("matmul parts",A*n*i*4):s,Mr=!(x?.mFirst!==void 0&&!x.clear)&&x?.nFirst===void 0&&(de||!Pe&&q(pe,A*n*i));if(o.launch(Z?To:X?Co:qo,{buffers:{a:t,b:r,bias:(z?void 0:l)??t,c:pe,limit:x?.count??t},partial:Mr?[]:["c"],uniforms:{m:n,n:i,k:a,part:Br,splits:A,alpha:w,a_row:d,a_stride:b,a_column:v,b_row:m,b_last:h,b_stride:_,b_column:S,c_row:Y,c_stride:M,c_column:J,factor:x?.factor??0,m_first:x?.mFirst??ye,n_first:x?.nFirst??ye,k_first:x?.kFirst??ye},constants:{transpose_a:Number(u),transpose_b:Number(c),accumulate:Number(p&&!z),has_bias:+(l!==void 0&&!z),activation:z?0:se(Ee),has_limit:+(x!==void 0),clear:+(x?.clear===!0&&!p),shares:Ce?z?Vt.shares:No:1,...Z?{lanes:I}:X?{wide:Number(Re)}:{}},threads:Oe*A,...Ce&&z?{workgroupSize:Vt.workgroupSize}:{}}),!z)return;let Ar={count:n*i,columns:i,splits:A,bias:l,activation:Ee,accumulate:p};Nt(o,pe,s,Ar)}function Ht(o,e,t,r){if(!("users"in e))return e.scoreBlock(o,t,r);let{items:s}=e,n=t.rowsOf(o,e);Kt(o,{a:n,b:s.table,bRow:s.firstRow,bLast:s.firstRow+s.rows-1,c:r,m:r.rows,n:r.columns,k:n.columns,transposeB:!0})}var Yt=`// What a kernel of Elements works on: single numbers.
alias Element = f32;

fn total(element: Element) -> f32 { return element; }

fn largest(element: Element) -> f32 { return element; }

fn component(element: Element, n: u32) -> f32 { return element; }

// The first \`count\` components, zeros for the others.
fn first_components(element: Element, count: u32) -> Element {
  return select(0.0, element, count > 0u);
}

fn unit_component(n: u32) -> Element { return 1.0; }
`;var Jt=`// What a kernel of Elements works on: four columns at a time.
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
`;function ne(o,...e){let t=g(`${o} (numbers)`,Yt,...e),r=g(o,Jt,...e);return s=>s%4===0?{width:4,kernel:r}:{width:1,kernel:t}}var Xt=`// dtable[first_row + r] += \u03A3_{b: rows[b]=r} dy[first_place + b]. Adds (+=); rows that the list lacks stay as they
// are.
//
// \`order\` sorts the list by row: the invocation at the first place of a row's run owns the row, and
// sums the run in its order. No atomics, and the same bytes every time (webgpu.md, trap 8).

struct Uniforms {
  count: u32,
  columns: u32, // Elements of a row
  first_row: u32,
  first_place: u32,
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
  let place = thread / uniforms.columns;
  let column = thread % uniforms.columns;
  if (place >= uniforms.count) { return; }
  let row = rows[order[place]];
  if (row == none) { return; }
  if (place > 0u && rows[order[place - 1u]] == row) { return; }
  var sum = Element();
  for (var at = place; at < uniforms.count; at++) {
    let b = order[at];
    if (rows[b] != row) { break; }
    sum += dy[(uniforms.first_place + b) * uniforms.columns + column];
  }
  dtable[(uniforms.first_row + row) * uniforms.columns + column] += sum;
}
`;var Qt=`// y[first_place + b] = table[first_row + rows[b]], and zeros where rows[b] is \`none\`. Stores.

struct Uniforms {
  count: u32, // length of the list
  columns: u32, // Elements of a row
  first_row: u32,
  first_place: u32,
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
  y[uniforms.first_place * uniforms.columns + thread] = value;
}
`;var Zt=`// order[rank of b] = b, from runs that are sorted by row and then by place (sort_runs.wgsl). Stores.
//
// An invocation takes one place of one run: its rank is the one it has there, and what comes before it in
// each other run, by binary search. Of equal rows those of earlier runs come first, so the sort is stable.

struct Uniforms {
  count: u32,
}

override run: u32 = 256u;

@group(0) @binding(0) var<storage, read> runs: array<vec2<u32>>; // row, place
@group(0) @binding(1) var<storage, read_write> order: array<u32>;
@group(0) @binding(2) var<uniform> uniforms: Uniforms;

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
`;var er=`// dtable[first_row + rows[b]] = dy[first_place + b] for a list whose rows all differ. Stores, or adds (+=) where
// \`accumulate\` is 1; rows that the list lacks stay as they are.

override accumulate: bool = false;

struct Uniforms {
  count: u32,
  columns: u32, // Elements of a row
  first_row: u32,
  first_place: u32,
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
  var value = dy[uniforms.first_place * uniforms.columns + thread];
  if (accumulate) { value += dtable[at]; }
  dtable[at] = value;
}
`;var tr=`// runs[start of b's run + rank of b in it] = (rows[b], b), where a run is \`run\` places and b's are ranked by
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
`;var Jo=ne("gather/forward",Qt),Xo=ne("gather/backward",Xt),Qo=ne("gather/scatter",er),Zo=g("gather/sort_runs",tr),es=g("gather/merge_runs",Zt),ts=256,ke=4294967295;function rr(o,e,t,r){return{label:e,length:t,allocation:o.buffer(e,t*4,r)}}var xe=new WeakMap;function rs(o,e){let t=xe.get(o)?.get(e);if(t!==void 0)return t;let r=o.buffer(`order of ${e.label}`,e.length*4);os(o,e,r);let s=o.buffer(`sorted runs of ${e.label}`,e.length*8),n={uniforms:{count:e.length},constants:{run:ts}};return o.launch(Zo,{...n,buffers:{rows:e.allocation,runs:s},threads:Math.ceil(e.length/4)}),o.launch(es,{...n,buffers:{runs:s,order:r},threads:e.length}),r}function os(o,e,t){let r=xe.get(o);r===void 0&&xe.set(o,r=new Map),r.set(e,t)}function or(o,e,t,r=0){return ss(o,[{table:e,list:t,firstRow:r}],`${e.label}[${t.label}]`)}function ss(o,e,t){let{columns:r}=e[0].table,s=e.reduce((m,{list:h})=>m+h.length,0),n=e.some(({table:m})=>m.differentiable),i=e.length===1?e[0].list.count:void 0,a=o.tensor(t,s,r,{differentiable:n,counted:i}),{width:u,kernel:c}=Jo(r),l=0,d=e.map(({table:m,list:h,firstRow:w=0})=>{let p={count:h.length,columns:r/u,first_row:w,first_place:l};return l+=h.length,{table:m,list:h,uniforms:p,threads:h.length*r/u}});for(let{table:m,list:h,uniforms:w,threads:p}of d){let b=w.first_place+h.length===s;o.launch(c,{buffers:{table:m,rows:h.allocation,y:a},partial:b?[]:["y"],uniforms:w,threads:p})}return o.onBackward(()=>{let m=o.gradient(a);if(m!==void 0)for(let{table:h,list:w,uniforms:p,threads:b}of d){let v=o.gradientTarget(h);if(v===void 0)continue;let{gradient:_,accumulate:S}=v;if(S||Ot(o,_,0),w.distinct){o.launch(Qo(r).kernel,{buffers:{dy:m,rows:w.allocation,dtable:_},constants:{accumulate:Number(S)},uniforms:p,threads:b});continue}let M=rs(o,w);o.launch(Xo(r).kernel,{buffers:{dy:m,rows:w.allocation,order:M,dtable:_},uniforms:p,threads:b})}}),a}var sr=`// y = w0\xB7x0 + w1\xB7x1 + w2\xB7x2 + w3\xB7x3, of which the first \`terms\` count, elementwise. Stores (=), or
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
`;var is=g("weighted_sum/forward",sr),nr=4;function ir(o,e,t,r,s=!1){let n=e.filter(({weight:a})=>a!==0);if(n.length===0&&s)return;let i=Math.ceil(r/4);for(let a=0;a<Math.max(n.length,1);a+=nr){let u=n.slice(a,a+nr),c=l=>u[l]??{x:e[0].x,weight:0};o.launch(is,{buffers:{x0:c(0).x,x1:c(1).x,x2:c(2).x,x3:c(3).x,y:t},uniforms:{vectors:i,w0:c(0).weight,w1:c(1).weight,w2:c(2).weight,w3:c(3).weight},constants:{terms:u.length,accumulate:Number(s||a>0)},threads:Math.ceil(i/4)})}}var La=32*2**20;function as(o){return Math.ceil(o/4)*4}function us(o,e){return Mt(o).sort().subarray(-e).reduce((t,r)=>t+r,0)}var ie=class{representation;places;taken;scores;#e;#t;#r;#o;constructor(e,t,r,s,n){this.representation=t,this.places=r,this.taken=s,this.#o=new Map,this.#e=e;let i=s.columns;if(this.scores=n??e.tensor("scores of a block",r,as(i),{differentiable:!1}),this.#t=rr(e,"users of a block",r),"users"in t)return;let a=Math.max(i,us(s,r));this.#r={start:e.buffer("history starts of a block",(r+1)*4),items:e.buffer("histories of a block",a*4)}}append(){let{start:e,items:t}=this.#r??{},n={users:this.#t,historyStart:e,history:t,rowsOf:(i,a)=>this.#s(i,a)};Ht(this.#e,this.representation,n,this.scores)}#s(e,t){let{table:r,firstRow:s}=t.users,n=or(e,r,this.#t,s);if(this.#r===void 0)return n;let{columns:i}=n,a=this.#o.get(t)??e.tensor("rows of new users",this.places,i,{differentiable:!1});return this.#o.set(t,a),ir(e,[{x:a,weight:1}],n,this.places*i,!0),n}load(e){let t=new Uint32Array(this.places).fill(ke);if(t.set(e),this.#e.memory.write(this.#t.allocation,t),this.#r===void 0)return;this.#n([]);let{rowStart:r,column:s}=this.taken;this.#i(Array.from(e,n=>s.subarray(r[n],r[n+1])))}loadHistories(e,t=new Map){if(this.#r===void 0)throw new Error("Scores do not come from histories");this.#n(e,t),this.#e.memory.write(this.#t.allocation,new Uint32Array(this.places).fill(ke)),this.#i(e)}#n(e,t=new Map){for(let[r,s]of this.#o){let n=new Float32Array(this.places*s.columns);e.forEach((i,a)=>n.set(t.get(r).row(i),a*s.columns)),this.#e.memory.write(s.allocation,n)}}#i(e){let{start:t,items:r}=this.#r,s=new Uint32Array(this.places+1);for(let i=0;i<this.places;i++)s[i+1]=s[i]+(e[i]?.length??0);let n=new Uint32Array(s[this.places]);e.forEach((i,a)=>n.set(i,s[a])),this.#e.memory.write(t,s),this.#e.memory.write(r,n)}};var ae=class{k;scores;#e;#t;#r;#o;#s;#n;#i;#a;constructor(e,t,r,s){this.k=r;let{representation:n,places:i,items:a,taken:u}=t;this.#e=e,this.#o=a;let c=this.#t=new B(e,`lists of ${r}`),l=this.#r=new ie(c,n,i,u,t.scores),d=this.scores=l.scores;if(e.keep(d.allocation),this.#n=s,this.#s=c.buffer("excluded pairs",s*8),this.#i=c.buffer("allowed items",Math.ceil(a/32)*4),l.append(),xt(c,d,a,this.#i),yt(c,d,{pairs:this.#s,first:0,count:s},0),e.gpu.software)return;let m=w=>c.buffer(w,i*r*4),h=this.#a={items:m("best items"),scores:m("best scores")};e.keep(h.items),e.keep(h.scores),St(c,d,{users:i,items:a,k:r},h)}get places(){return this.#r.places}async compile(){await this.#t.compile()}async ofUsers(e,t,r){return this.#r.load(e),await this.#u(e.length,t,r)}async ofHistories(e,t,r,s){return this.#r.loadHistories(e,s),await this.#u(e.length,t,r)}async#u(e,t,r){return this.#e.write(this.#s,this.#m(t)),this.#e.write(this.#i,this.#f(r)),this.#t.submit(),this.#a===void 0?await this.#c(e):await this.#l(e,this.#a)}async#c(e){let{scores:{allocation:t,columns:r}}=this;return await nt(this.#e,t,e*r*4,s=>Array.from({length:e},(n,i)=>{let a=new Float32Array(s,i*r*4,this.#o),u=Bt(a,this.k,{above:_t});return{items:u,scores:Float32Array.from(u,c=>a[c])}}))}async#l(e,t){let{k:r}=this,s=e*r*4,[n,i]=await P(this.#e,[{allocation:t.items,bytes:s},{allocation:t.scores,bytes:s}]);return Array.from({length:e},(a,u)=>{let c=new Uint32Array(n,u*r*4,r),l=c.indexOf(ve),d=l===-1?r:l;return{items:c.subarray(0,d),scores:new Float32Array(i,u*r*4,d)}})}#f(e){let t=new Uint32Array(Math.ceil(this.#o/32));if(e===void 0)return t.fill(4294967295);for(let r of e)t[r>>>5]|=1<<(r&31);return t}#m(e){let t=e.reduce((n,{length:i})=>n+i,0);if(t>this.#n)throw new Error(`Cannot exclude ${t} pairs: ${this.#n} are planned`);let r=new Uint32Array(2*this.#n).fill(ve),s=0;return e.forEach((n,i)=>{for(let a of n)r[2*s]=i,r[2*s+1]=a,s++}),r}};var cs=16,ue=class o{#e;#t;#r;#o=Promise.resolve();constructor(e,t,r){this.#e=e,this.#t=t,this.#r=r}static async open(e,{items:t,columns:r,listLength:s}){let n=new E(e),i=new B(n,"rows"),a=t.length/r,u=i.tensor("rows of items",a,r,{data:t}),c=i.tensor("row of a user",1,r),l={rows:1,columns:a,rowStart:new Uint32Array(2),column:new Uint32Array,value:new Float32Array},m={representation:{users:{table:c,firstRow:0,rows:1},items:{table:u,firstRow:0,rows:a}},places:cs,items:a,taken:l},h=new ae(n,m,s,a);return await h.compile(),new o(n,c,h)}best(e,t){let r=this.#o.then(async()=>{this.#e.write(this.#t.allocation,e);let[s]=await this.#r.ofUsers(Uint32Array.of(0),[t]);return s});return this.#o=r.catch(()=>{}),r}};var ce=class{isRankingHere=!0;failure;#e;#t;#r=new Map;constructor(e){this.#e=e}get hasDevice(){return"gpu"in navigator}async list(e,t){let{index:r,users:s}=this.#e,n=s?.untrained.includes(t)??!1,{rows:i}=r.runs[e];if(this.isRankingHere&&this.hasDevice&&this.failure===void 0&&i!==void 0&&!n)try{return await this.#o(e,t,i.columns)}catch(u){this.failure=u instanceof Error?u.message:String(u)}return{items:await this.#e.list(e,t)}}async similar(e,t){let{runs:r,listLength:s}=this.#e.index,{rows:n}=r[e];if(n===void 0)return await this.#e.similar(e,t);let i=await this.#e.itemRows(e),{items:a,scores:u}=wt(i,n.columns,t,s);return Array.from(a,(c,l)=>({item:c,score:u[l]}))}async#o(e,t,r){let s=await(this.#t??=ht("auto")),{listLength:n}=this.#e.index,i=this.#r.get(e)??this.#e.itemRows(e).then(m=>ue.open(s,{items:m,columns:r,listLength:n}));this.#r.set(e,i);let[a,{whole:u},c]=await Promise.all([i,this.#e.userRow(e,t),this.#e.history(t)]),{items:l,scores:d}=await a.best(u,Uint32Array.from(c));return{items:Array.from(l,(m,h)=>({item:m,score:d[h]})),device:s.name}}};function ar(o){if(o.some(({user:s,item:n})=>s===void 0||n===void 0))return;let e=[...new Set(o.map(({user:s})=>s))],t=[...new Set(o.map(({item:s})=>s))],r=(s,n)=>o.find(({user:i,item:a})=>i===s&&a===n).value;return{rows:e,columns:t,values:e.map(s=>t.map(n=>r(s,n)))}}var $e={modality:"By modality",band:"By band","band and modality":"By band and modality",view:"By view",hop:"By hop on the graph",filter:"By filter",member:"By member of the blend"};function ur({score:o,breakdowns:e,whose:t,own:r=[],isExact:s,note:n},i){let a=e.filter(({by:u})=>u!=="band and modality").flatMap(u=>ls(u,t));return r.length>0&&a.push(O(s?"By what was taken":"By what was taken, approximately",r.map(({item:u,value:c})=>({name:i(u),value:c})),C(r.map(({value:u})=>u)))),f("div",{class:"explanation"},n===void 0?void 0:f("p",{},n),...a,e.length===0?void 0:f("p",{class:"quiet"},`The parts of each table sum to ${V(o)}.`))}function ls({by:o,parts:e},t){let r=C(e.map(({value:d})=>d)),s=ar(e);if(s===void 0)return[O($e[o],e,r)];let{rows:n,columns:i,values:a}=s,[u,c]=t==="user"?["user's","item's"]:["first item's","other one's"],l=i.map((d,m)=>({name:d,value:a.reduce((h,w)=>h+w[m],0)}));return[O(`${$e[o]} of the item`,l,r),j({caption:`${$e[o]}: the ${u} in rows, the ${c} in columns`,columns:i,rows:n.map((d,m)=>({name:d,values:a[m]}))},r)]}var le=class{#e;#t;constructor(e,t){this.#e=e,this.#t=t}link(e){return f("a",{href:this.#t(e)},this.#e.nameOf(e))}picture(e){let t=this.#e.pictureOf(e);return t===void 0?void 0:f("img",{src:t,alt:"",loading:"lazy",...{width:"64",height:"64"}})}plain(e){return f("ul",{class:"plain"},...e.map(t=>f("li",{},this.picture(t),this.link(t))))}list({items:e,reason:t,beside:r}){let s=this.#e.items.names!==void 0;return f("ol",{class:"list"},...e.map(({item:n,score:i})=>{let a=r?.get(n),u=String(this.#e.items.ids[n]);return f("li",{},this.picture(n),f("div",{class:"item"},this.link(n),s?f("span",{class:"id"},u):void 0,f("span",{class:"score",title:"score"},V(i)),r===void 0?void 0:f("span",{class:a===void 0?"beside only":"beside"},a===void 0?"only here":`there at ${a+1}`),this.#r(n,t)))}))}#r(e,t){let r=f("details",{},f("summary",{},"Why",f("span",{class:"hidden"},` ${this.#e.nameOf(e)}`))),s=!1;return r.addEventListener("toggle",async()=>{if(!(!r.open||s)){s=!0;try{let n=ur(await t(e),i=>this.link(i));r.append(n)}catch(n){throw s=!1,r.open=!1,n}}}),r}};function Se(o,e){return e===void 0?o:`${o}?made=${e}`}var R=(o,e)=>`${Math.floor(o/256)}.${e}`,k={index:"page.json",items:"items.json",users:"users.json",histories:o=>`histories/${R(o,"json")}`,lists:(o,e)=>`runs/${o}/lists/${R(e,"bin")}`,similar:(o,e)=>`runs/${o}/similar/${R(e,"bin")}`,userRows:(o,e)=>`runs/${o}/user-rows/${R(e,"bin")}`,itemRows:(o,e)=>`runs/${o}/item-rows/${R(e,"bin")}`,userParts:(o,e)=>`runs/${o}/user-parts/${R(e,"bin")}`,itemParts:(o,e)=>`runs/${o}/item-parts/${R(e,"bin")}`,reasons:(o,e)=>`runs/${o}/reasons/${e}.json`,picture:(o,e)=>`images/${o}.${e}`};async function cr(o,e,t){let r=o.values();await Promise.all(Array.from({length:e},async()=>{for(let s of r)await t(s)}))}var ms=6,fe=class o{index;items;users;#e;constructor(e,t,r){this.index=e,this.items=t,this.users=r,this.#e=new Map}static async open(){let e=await K(k.index);if(e.format!==1)throw new Error(`This page has files of version ${e.format}, and code for version ${1}: export it again.`);let[t,r]=await Promise.all([K(k.items,e.made),e.users===void 0?void 0:K(k.users,e.made)]);return new o(e,t,r)}nameOf(e){return this.items.names?.[e]||String(this.items.ids[e])}pictureOf(e){let t=this.items.pictures?.[e];if(t)return Se(k.picture(e,t),this.index.made)}async history(e){let t=k.histories(e);return(await this.#n(t,()=>K(t,this.index.made)))[e%256]}list(e,t){return this.#o(k.lists(e,t),t)}similar(e,t){return this.#o(k.similar(e,t),t)}reasons(e,t){let r=k.reasons(e,t);return this.#n(r,()=>K(r,this.index.made))}rowsOf(e){let{rows:t,name:r}=this.index.runs[e];if(t===void 0)throw new Error(`The run "${r}" has no rows`);return t}async userRow(e,t){let r=this.rowsOf(e).userParts;return{whole:await this.#t(k.userRows(e,t),e,t),parts:await this.#r(k.userParts(e,t),e,r,t)}}async itemRow(e,t){let r=this.rowsOf(e).itemParts;return{whole:await this.#t(k.itemRows(e,t),e,t),parts:await this.#r(k.itemParts(e,t),e,r,t)}}itemRows(e){return this.#n(`rows of ${e}`,async()=>{let{columns:t}=this.rowsOf(e),r=new Float32Array(this.index.items*t),s=Array.from({length:Math.ceil(this.index.items/256)},(n,i)=>i*256);return await cr(s,ms,async n=>{r.set(await this.#s(k.itemRows(e,n)),n*t)}),r})}async#t(e,t,r){let{columns:s}=this.rowsOf(t),n=r%256*s;return(await this.#s(e)).slice(n,n+s)}async#r(e,t,r,s){if(r.length===1)return[];let{columns:n}=this.rowsOf(t),i=await this.#s(e),a=i.length/n/r.length;return r.map((u,c)=>{let l=(c*a+s%256)*n;return i.subarray(l,l+n)})}async#o(e,t){let r=this.index.listLength,s=await this.#n(e,()=>fr(e,this.index.made)),n=t%256*r*4,i=new Uint32Array(s,n,r),a=new Float32Array(s,s.byteLength/2+n,r);return Array.from(i,(u,c)=>({item:u,score:a[c]})).filter(({item:u})=>u!==4294967295)}#s(e){return this.#n(e,async()=>new Float32Array(await fr(e,this.index.made)))}#n(e,t){let r=this.#e.get(e);if(r!==void 0)return r;let s=t();return this.#e.set(e,s),s.catch(()=>this.#e.delete(e)),s}};async function mr(o,e){let t=await fetch(Se(o,e));if(t.ok)return t;throw new Error(e!==void 0&&t.status===404?"The server has loaded its run again, and this page is of the one before. Reload the page.":`Cannot fetch "${o}": the server answered ${t.status}.`)}async function K(o,e){return await(await mr(o,e)).json()}async function fr(o,e){return await(await mr(o,e)).arrayBuffer()}var ds=1e-5;function dr(o,e,t,r=0){let s=Array.from(t),n=s.reduce((a,u)=>a+u,0),i=s.reduce((a,u)=>a+Math.abs(u),0);if(!(Math.abs(n-e)<=ds*i+r))throw new W(`Cannot explain a score of ${e}: its ${o} sum to ${n}`,"This is a defect of Bandpass or of a model of your own: please report it with the run's config.json")}var ps=2**-20;function Be({by:o,blocks:e},t,r,s=1){let n=t.whole.map((p,b)=>s*p*r.whole[b]),i=n.reduce((p,b)=>p+b,0),a=ps*n.reduce((p,b)=>p+Math.abs(b),0),u=e??[{name:"all",columns:t.whole.length}],c=[...new Set(u.map(({name:p})=>p))],l=t.parts.flatMap(p=>r.parts.map(b=>({...hs(p.name,b.name,t.parts.length,r.parts.length),values:ws(p.row,b.row,u,c).map(v=>s*v)})));dr("parts",i,l.flatMap(({values:p})=>p),a);let d=p=>p.reduce((b,v)=>b+v,0),m=c.map((p,b)=>({name:p,value:d(l.map(v=>v.values[b]))})),h=l.map(({values:p,...b})=>({...b,value:d(p)})),w=[];if(c.length>1&&w.push({by:"modality",parts:m}),l.length>1&&w.push({by:o,parts:h}),c.length>1&&l.length>1){let p=l.flatMap(({values:b,...v})=>c.map((_,S)=>({...v,name:`${_} ${v.name}`,modality:_,value:b[S]})));w.push({by:"band and modality",parts:p})}return w}function hs(o,e,t,r){return t===1?{name:e,item:e}:r===1?{name:o,user:o}:{name:`${o} \xD7 ${e}`,user:o,item:e}}function ws(o,e,t,r){let s=r.map(()=>0),n=0;for(let{name:i,columns:a}of t){let u=r.indexOf(i);for(let c=n;c<n+a;c++)s[u]+=o[c]*e[c];n+=a}return s}function H(o,e){return o.reduce((t,r,s)=>t+r*e[s],0)}async function pr(o,e,t,r){if(o.users?.untrained.includes(t))return{score:o.items.counts[r],whose:"user",breakdowns:[],note:"The model knows nothing of this user, who gets the items that are taken most."};let{rows:s,hasReasons:n}=o.index.runs[e];if(s===void 0)return n?await gs(o,e,t,r):bs;let i=me(await o.userRow(e,t),s.userParts),a=me(await o.itemRow(e,r),s.itemParts);return Me("user",Be(s,i,a),H(i.whole,a.whole))}async function hr(o,e,t,r){let{rows:s}=o.index.runs[e];if(s===void 0)return{score:0,whose:"item",breakdowns:[],note:"What somebody gets who took the item alone."};let n=me(await o.itemRow(e,t),s.itemParts),i=me(await o.itemRow(e,r),s.itemParts),a=Math.sqrt(H(n.whole,n.whole)*H(i.whole,i.whole));if(a===0)return Me("item",[],0);let u=H(n.whole,i.whole)/a;return Me("item",Be(s,n,i,1/a),u)}var bs={score:0,whose:"user",breakdowns:[],note:"This page has no reasons for the lists of this model, whose scores are no products of rows."};function Me(o,e,t){return e.length>0?{score:t,whose:o,breakdowns:e}:{score:t,whose:o,breakdowns:e,note:"This model's scores are whole: they have no parts."}}async function gs(o,e,t,r){let s=o.items.ids[r],n=(await o.reasons(e,t)).find(l=>l.item===s);if(n===void 0)throw new Error(`The server gives no reason for "${s}".`);let i=new Map(o.items.ids.map((l,d)=>[l,d])),{score:a,breakdowns:u,own:c}=n;return{score:a,whose:"user",breakdowns:u,isExact:c?.isExact,own:c?.parts.map(({item:l,value:d})=>({item:i.get(l),value:d}))}}function me({whole:o,parts:e},t){let r=Float64Array.from(o);return e.length===0?{whole:r,parts:[{name:t[0],row:r}]}:{whole:r,parts:e.map((s,n)=>({name:t[n],row:Float64Array.from(s)}))}}function Ae(o){return o.normalize("NFKD").replaceAll(/\p{M}/gu,"").toLocaleLowerCase()}function wr(o,e,t){let r=Ae(e.trim());if(r==="")return[];let s=[[],[],[],[]];return o.forEach((n,i)=>{let a=vs(n,e.trim(),r);a!==void 0&&s[a].length<t&&s[a].push(i)}),s.flat().slice(0,t)}function vs({id:o,name:e},t,r){if(o===t)return 0;let[s,n]=[Ae(o),Ae(e)];return s.startsWith(r)||n.startsWith(r)?1:n.includes(` ${r}`)?2:s.includes(r)||n.includes(r)?3:void 0}var _s=12,ys=0;function br({label:o,things:e,onChoice:t}){let r=`search-${ys++}`,s=f("input",{id:r,type:"text",role:"combobox",autocomplete:"off",spellcheck:"false","aria-expanded":"false","aria-controls":`${r}-list`,"aria-autocomplete":"list"}),n=f("ul",{id:`${r}-list`,role:"listbox","aria-label":o});n.hidden=!0;let i=[],a=-1,u=m=>{a=m,[...n.children].forEach((h,w)=>{h.setAttribute("aria-selected",String(w===a)),w===a&&h.scrollIntoView({block:"nearest"})}),a===-1?s.removeAttribute("aria-activedescendant"):s.setAttribute("aria-activedescendant",`${r}-${a}`)},c=()=>{n.hidden=!0,s.setAttribute("aria-expanded","false"),u(-1)},l=m=>{s.value=e[i[m]].name,c(),t(i[m])},d=()=>{i=wr(e,s.value,_s);let m=i.length===0&&s.value.trim()!=="";n.replaceChildren(...i.map((h,w)=>xs(e[h],`${r}-${w}`,()=>l(w))),...m?[f("li",{class:"none",role:"presentation"},"Nothing found")]:[]),n.hidden=n.children.length===0,s.setAttribute("aria-expanded",String(!n.hidden)),u(-1)};return s.addEventListener("input",d),s.addEventListener("blur",c),s.addEventListener("keydown",m=>{if(m.key==="Escape")return c();if(m.key==="Enter")n.hidden&&d(),i.length>0&&l(Math.max(0,a));else if(m.key==="ArrowDown"||m.key==="ArrowUp"){if(n.hidden&&d(),i.length===0)return;let h=m.key==="ArrowDown"?1:-1;u(a===-1&&h===-1?i.length-1:(a+h+i.length)%i.length)}else return;m.preventDefault()}),f("div",{class:"search"},f("label",{for:r},o),s,n)}function xs({id:o,name:e},t,r){let s=e!==o,n=f("li",{id:t,role:"option","aria-selected":"false"},f("span",{class:s?"name":"id"},e),s?f("span",{class:"id"},` ${o}`):void 0);return n.addEventListener("pointerdown",i=>{i.preventDefault(),r()}),n}var ze=12,Ue=class{#e;#t;#r;#o=0;constructor(e){this.#e=e,this.#t=new ce(e),this.#r=new le(e,t=>this.#a({view:"item",id:this.#i(t)}))}start(){let{dataset:e}=this.#e.index;$("title").textContent=`Bandpass \xB7 ${e}`,document.title=`${e} \xB7 Bandpass`,addEventListener("hashchange",()=>this.#c(!0)),$("skip").addEventListener("click",t=>{t.preventDefault(),$("content").focus()}),this.#c(!1)}get#s(){return Ie(location.hash)}get#n(){let{runs:e}=this.#e.index,{run:t,beside:r}=this.#s,s=Math.max(0,e.findIndex(({name:i})=>i===t)),n=e.findIndex(({name:i})=>i===r);return n===-1||n===s?[s]:[s,n]}#i(e){return String(this.#e.items.ids[e])}#a(e){return Ge({...this.#s,...e})}#u(e){location.hash=this.#a(e)}async#c(e){let t=++this.#o,{view:r,id:s}=this.#s;this.#f(),$("status").textContent=r==="user"||r==="item"?"Ranking \u2026":"";let{shown:n,status:i}=await this.#l(r,s);t===this.#o&&($("content").replaceChildren(n),$("status").textContent=i,e&&$("content").focus({preventScroll:!0}))}async#l(e,t){let{users:r,items:s,index:n}=this.#e,i=this.#n;if(e==="inside")return{shown:je(n,i.map(u=>n.runs[u])),status:""};if(e==="start")return{shown:this.#p(),status:""};let a=(e==="user"?r?.ids??[]:s.ids).findIndex(u=>String(u)===t);if(a===-1){let u=e==="user"&&r===void 0?"This page was made without users.":`There is no ${e} "${t}".`;return{shown:f("p",{class:"failure"},u),status:""}}return e==="user"?await this.#h(a):await this.#w(a)}#f(){let{index:e,users:t,items:r}=this.#e,s=this.#s,n=(i,a,u)=>f("a",{href:this.#a(a),"aria-current":u?"page":void 0},i);if($("views").replaceChildren(n("Lists",{view:"start",id:""},s.view!=="inside"),n("Bands",{view:"inside",id:""},s.view==="inside")),$("controls").childElementCount===0){let i=(a,u,c)=>br({label:`Find ${a==="user"?"a user":"an item"}`,things:u.map((l,d)=>({id:String(l),name:c?.[d]||String(l)})),onChoice:l=>this.#u({view:a,id:String(u[l])})});$("controls").append(...t===void 0?[]:[i("user",t.ids)],i("item",r.ids,r.names),...this.#m(e.runs.map(({name:a})=>a)))}}#m(e){let[t,r=-1]=this.#n,s=[];return e.length>1&&s.push(we("Run",e,t,n=>this.#u({run:e[n]})),we("Beside",["nothing",...e],r+1,n=>this.#u({beside:n===0?void 0:e[n-1]}))),this.#e.users!==void 0&&this.#t.hasDevice&&s.push(Le("Rank in this browser",this.#t.isRankingHere,n=>{this.#t.isRankingHere=n,this.#c(!1)})),s}#p(){let{index:e,items:t,users:r}=this.#e,s=t.counts.map((n,i)=>({count:n,item:i})).sort((n,i)=>i.count-n.count||n.item-i.item).slice(0,ze);return f("section",{},f("h2",{},"Lists, and the reasons for them"),f("p",{},`${U(t.ids.length,"item")}, `+(r===void 0?"":`${U(r.ids.length,"user")}, `)+`${U(e.runs.length,"run")}. `+(r===void 0?"Find an item to see which others are similar to it; this page was made without users.":"Find a user to see what they are recommended, or an item to see which others are similar to it.")),f("h3",{},"Taken most often"),this.#r.plain(s.map(({item:n})=>n)))}async#h(e){let t=this.#n,[r,...s]=await Promise.all([this.#e.history(e),...t.map(u=>this.#t.list(u,e))]),n=r.slice(0,ze),i=r.slice(ze);return{shown:f("section",{},f("h2",{},`User ${this.#e.users.ids[e]}`),f("h3",{},`Took ${U(r.length,"item")}`),this.#r.plain(n),i.length===0?void 0:f("details",{},f("summary",{},`${i.length} more`),this.#r.plain(i)),this.#d("Recommended",s.map(({items:u})=>u),(u,c)=>pr(this.#e,u,e,c))),status:this.#b(s)}}async#w(e){let t=await Promise.all(this.#n.map(i=>this.#t.similar(i,e))),r=this.#e.nameOf(e),s=this.#i(e);return{shown:f("section",{},f("h2",{},this.#r.picture(e),r===s?`Item ${s}`:r),f("p",{class:"quiet"},r===s?"":`${s} \xB7 `,`taken by ${U(this.#e.items.counts[e],"user")} in train`),this.#d("Similar",t,(i,a)=>hr(this.#e,i,e,a))),status:`${U(t[0].length,"similar item")}`}}#d(e,t,r){let s=this.#n;return f("div",{class:"columns"},...s.map((n,i)=>{let a=t[1-i];return f("section",{},f("h3",{},`${e} by ${this.#e.index.runs[n].name}`),this.#r.list({items:t[i],reason:u=>r(n,u),beside:s.length===1?void 0:new Map(a.map(({item:u},c)=>[u,c]))}))}))}#b(e){let t=U(e[0].items.length,"item"),r=e.find(({device:u})=>u!==void 0)?.device;if(r!==void 0)return`${t}, ranked in this browser on ${r}.`;let{failure:s,hasDevice:n}=this.#t,i=s!==void 0?`this browser could not rank: ${s}`:n?void 0:"this browser has no WebGPU",a=this.#e.index.isServed?"by the server":"beforehand";return`${t}, ranked ${a}${i===void 0?"":` (${i})`}.`}};function gr(o){$("status").textContent="",$("content").replaceChildren(f("p",{class:"failure"},o instanceof Error?o.message:String(o)))}addEventListener("unhandledrejection",o=>{o.preventDefault(),gr(o.reason)});try{new Ue(await fe.open()).start()}catch(o){gr(o)}
