/// The Python that makes notebooks of every version, hostile ones among them, and writes each as nbformat does.
enum NotebookDocumentPeer {
  /// Writes `N.ipynb` and `N.want`, and as the result for each the cells whose ids nbformat drew.
  static let script = #"""
    import io, json, logging, random, warnings
    import nbformat
    logging.disable(logging.CRITICAL)
    warnings.simplefilter("ignore")
    r = random.Random(20261122)
    ENDS=["\n","\r","\r\n","\x0b","\x0c","\x1c","\x1d","\x1e","\x85","\u2028","\u2029"]
    def text():
        parts=[]
        for _ in range(r.choice([0,0,1,2,3,6])):
            parts.append(r.choice(["x = 1","é","e\u0301","😀","\"q\"","\\","\t","\x00","\x7f","\u2027","\u202a","ẋ","# c","","print('a')","\ufeff","\uffff","<b>"]))
            if r.random()<.6: parts.append(r.choice(ENDS))
        return "".join(parts)
    def lines(t):
        c=r.random()
        if c<.4: return t
        if c<.8: return t.splitlines(True)
        # odd pieces
        out=[];i=0
        while i<len(t):
            n=r.randint(1,4); out.append(t[i:i+n]); i+=n
        return out
    def num(): return r.choice([0,-0.0,1,-1,2**63,2**64,10**40,-10**30,1.5,1e16,1e-7,1e22,123456789.123,5e-324,1.7976931348623157e308,float('nan'),float('inf'),-float('inf'),0.1,100.0,1e15])
    def key(): return r.choice(["a","b","é","e\u0301","\uffff","\U00010000","z z","","A","_","1","tags","name","trusted","kernelspec","collapsed"])
    def val(d=0):
        c=r.random()
        if d>3 or c<.5: return r.choice([None,True,False,num(),text(),"s"])
        if c<.7: return [val(d+1) for _ in range(r.randint(0,3))]
        return {key():val(d+1) for _ in range(r.randint(0,4))}
    def meta(): return {key():val() for _ in range(r.randint(0,4))}
    MIME=["text/plain","text/html","image/png","image/svg+xml","application/javascript","application/json","application/vnd.x+json","application/x","text/","textual","image/jpeg","application/geo+json","model/x+json","text/x+json"]
    def bundle(): 
        b={}
        for _ in range(r.randint(0,4)):
            m=r.choice(MIME)
            c=r.random()
            b[m]= lines(text()) if c<.7 else val()
        return b
    def cid(): return r.choice(["a","b","c","id-1","bad id","","x"*64,"%08x"%r.getrandbits(32),"%08x"%r.getrandbits(32)])
    def out4():
        c=r.choice(["stream","display_data","execute_result","error","weird"])
        o={"output_type":c}
        if c=="stream": o.update(name=r.choice(["stdout","stderr"]),text=lines(text()))
        elif c=="error": o.update(ename="E",evalue=text(),traceback=[text() for _ in range(r.randint(0,3))])
        elif c=="weird": o.update(text=lines(text()),data=bundle())
        else:
            o.update(data=bundle(),metadata=meta())
            if c=="execute_result": o["execution_count"]=r.choice([None,1,7])
        if r.random()<.1: o[key()]=val()
        if r.random()<.05: o.pop("data",None)
        return o
    def cell4(minor):
        k=r.choice(["code","code","markdown","raw","odd"])
        c={"cell_type":k,"metadata":meta(),"source":lines(text())}
        if minor>=5 and r.random()<.85: c["id"]=cid()
        elif r.random()<.1: c["id"]="early"
        if k=="code":
            c["outputs"]=[out4() for _ in range(r.randint(0,4))]
            if r.random()<.9: c["execution_count"]=r.choice([None,1,2,10**20])
        elif r.random()<.3: c["attachments"]={r.choice(["a.png","é.png","b"]):bundle() for _ in range(r.randint(0,2))}
        if k!="code" and r.random()<.05: c["outputs"]=[out4()]; c["execution_count"]=None
        if r.random()<.1: c[r.choice(["foo","Zed","é","jupyter"])]=val()
        return c
    def out3():
        c=r.choice(["stream","display_data","pyout","pyerr"])
        o={"output_type":c}
        if c=="stream":
            if r.random()<.8:o["stream"]=r.choice(["stdout","stderr"])
            o["text"]=lines(text())
        elif c=="pyerr": o.update(ename="E",evalue=text(),traceback=[text()])
        else:
            for k in r.sample(["text","html","svg","png","jpeg","latex","javascript","foo"],r.randint(0,4)): o[k]=lines(text())
            if r.random()<.3:
                j=json.dumps(val()); o["json"]=j if r.random()<.5 else j.splitlines(True)
            if r.random()<.5: o["metadata"]={k:val() for k in r.sample(["png","text","x"],r.randint(0,3))}
            if r.random()<.5: o["prompt_number"]=r.choice([None,3])
        return o
    def cell3():
        k=r.choice(["code","code","markdown","raw","heading","html"])
        c={"cell_type":k}
        if r.random()<.8: c["metadata"]=meta()
        if k=="code":
            c["input"]=lines(text()) if r.random()<.7 else text().splitlines()
            c["language"]="python"; c["outputs"]=[out3() for _ in range(r.randint(0,3))]
            if r.random()<.5: c["collapsed"]=r.choice([True,False])
            if r.random()<.5: c["prompt_number"]=r.choice([None,4])
        else:
            c["source"]=lines(text()) if r.random()<.7 else text().splitlines()
            if k=="heading" and r.random()<.9: c["level"]=r.randint(1,6)
            if r.random()<.1: c["rendered"]=text().splitlines()
        if r.random()<.1: c[r.choice(["foo","trusted"])]=val()
        return c

    answers = []
    for number in range(500):
        version = r.choice([3, 4, 4, 4, 4])
        if version == 3:
            nb = {"nbformat": 3, "nbformat_minor": 0, "metadata": meta(), "worksheets": [
                {"cells": [cell3() for _ in range(r.randint(0, 4))], "metadata": {}} for _ in range(r.choice([0, 1, 1, 2]))]}
            if r.random() < .5: nb["metadata"]["name"] = "n"
        else:
            minor = r.choice([0, 1, 2, 3, 4, 5, 5, 5, 5, 6])
            nb = {"nbformat": 4, "nbformat_minor": minor, "metadata": meta(),
                  "cells": [cell4(minor) for _ in range(r.randint(0, 6))]}
        if r.random() < .3: nb["metadata"][r.choice(["signature", "orig_nbformat", "orig_nbformat_minor"])] = 1
        if r.random() < .1: nb[r.choice(["extra", "aaa", "\u00e9"])] = val()
        items = list(nb.items())
        r.shuffle(items)
        nb = dict(items)
        body = json.dumps(nb, ensure_ascii=r.random() < .5, indent=r.choice([None, 1, 2]))
        read = nbformat.v4.upgrade(nbformat.reads(body, as_version=4))
        # Ids that nbformat draws at random, ours are made of the cells.
        before = [c.get("id") for c in nb["cells"]] if version == 4 and minor >= 5 else [None] * len(read.cells)
        made, seen = [], set()
        for index, cell in enumerate(read.cells):
            if before[index] is None or before[index] in seen:
                made.append(index)
                cell["id"] = "MADE"
            seen.add(before[index])
        with open(f"{folder}/{number}.ipynb", "w", newline="") as file: file.write(body)
        out = io.StringIO()
        # Not nbformat.write, which gives cells of one id new ones.
        out.write(nbformat.v4.writes(read) + "\n")
        with open(f"{folder}/{number}.want", "w", newline="") as file: file.write(out.getvalue())
        answers.append(made)
    json.dump(answers, open(folder + "/result.json", "w"))
    """#
}
